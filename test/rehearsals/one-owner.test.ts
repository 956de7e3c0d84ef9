import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** Rows of a table in Markdown, as cells. */
const rowsOf = (text: string): string[][] =>
  (text.match(/^\|.*\|$/gm) ?? [])
    .map((row) =>
      row
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    )
    .filter(([first = ""]) => !/^-+$/.test(first));

/** The measurement behind the first table of the README, on the emulator that it starts itself. */
describeWithTerraform("the registry has one owner", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
    cpSync(resolve(__dirname, "../../bench"), join(workspace.folder, "bench"), { recursive: true });
  });
  afterAll(() => workspace.remove());

  test("the table of the README is what npm run bench:owner prints", async () => {
    const { code, stdout, stderr } = await workspace.run(["node", "run.cjs", "bench/one-owner"]);

    expect(code, stderr).toBe(0);
    const printed = rowsOf(stdout);
    expect(rowsOf(readFileSync("README.md", "utf8")).slice(0, printed.length)).toEqual(printed);
  });
});
