import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workspace } from "../support/emulator/workspace";

describe("diagram", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace({}, { code: false });
  });
  afterAll(() => workspace.remove());

  const diagram = (...args: string[]) => workspace.loaded(["diagram", "prod", ...args]);
  const read = (file: string): string => readFileSync(join(workspace.folder, file), "utf8");

  test("an environment is drawn on standard output, or into a file", async () => {
    const mermaid = await diagram("--format", "mermaid");
    const markdown = await diagram("--out", "prod.md");
    const svg = await diagram("--format", "svg", "--out", "prod.svg");

    expect([mermaid, markdown, svg]).toMatchObject([
      { code: 0, stderr: "" },
      { code: 0, stdout: "", stderr: "" },
      { code: 0, stdout: "", stderr: "" },
    ]);
    expect(mermaid.stdout).toMatch(/^flowchart /);
    expect(read("prod.md")).toContain("```mermaid\nflowchart ");
    expect(read("prod.svg")).toMatch(/^<svg |^<\?xml /);
  });
});
