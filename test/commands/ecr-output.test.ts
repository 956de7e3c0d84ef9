import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atTerminal } from "../support/commands/terminal";
import { Workspace } from "../support/emulator/workspace";

const url = "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app";
const startOfColor = String.fromCharCode(27);

/** How the commands of ecr print: for people at a terminal, and for programs elsewhere. */
describe("output of ecr", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = new Workspace({}, { code: false });
    await workspace.compile();
  });
  afterAll(() => workspace.remove());

  const urls = ["urls", "--env", "dev"];
  const atOne = (variables: Record<string, string | undefined>) =>
    atTerminal(workspace, ["ecr", ...urls], [], { CI: undefined, TERM: "xterm", ...variables });

  test("at a terminal it is a table with colors, without them with NO_COLOR", async () => {
    const colored = await atOne({ NO_COLOR: undefined });
    const plain = await atOne({ NO_COLOR: "1" });

    expect([colored.code, plain.code]).toEqual([0, 0]);
    expect(colored.printed).toContain(`${startOfColor}[1m`);
    expect(plain.printed).not.toContain(startOfColor);
    for (const { printed } of [colored, plain]) expect(printed).toMatch(new RegExp(`│ ${url}\\s+│`));
  });

  test("in a pipe it is a line for each row, without colors; a reader that ends early is no error", async () => {
    const program = ["node", ...workspace.program("ecr"), ...urls].map((word) => `'${word}'`).join(" ");
    const { stdout, stderr } = await workspace.run(["sh", "-c", `${program} | head -2`]);

    expect(stderr).toBe("");
    expect(stdout).toBe(
      `repository\tkind\taccount\tregion\turl\nweb-app\town\t123456789012\tus-east-1\t${url}\n`,
    );
  });
});
