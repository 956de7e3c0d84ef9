import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workspace } from "../support/emulator/workspace";

/** Help of every command and subcommand. */
describe("help", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = new Workspace();
    await workspace.run(["node", "run.cjs", "scripts/synth"]);
  });
  afterAll(() => workspace.remove());

  test.each([
    ["ecr --help", "Usage: ecr [options] [command]"],
    ["ecr help manifests", "Usage: ecr manifests [options]"],
    ["ecr manifests -h", "Usage: ecr manifests [options]"],
    ["ecr registry --help", "Usage: ecr registry [options] [command]"],
    ["ecr registry explain --help", "Usage: ecr registry explain [options]"],
    ["ecr lifecycle preview -h", "Usage: ecr lifecycle preview [options]"],
    ["ecr lifecycle help preview", "Usage: ecr lifecycle preview [options]"],
    ["secrets --help", "Usage: secrets [options] [command]"],
    ["secrets set --help", "Usage: secrets set [options] <secret>"],
    ["secrets help list", "Usage: secrets list [options]"],
    ["deploy --help", "Usage: deploy <environment>"],
    ["synth --help", "Usage: synth [options]"],
  ])("%s prints the help", async (command, usage) => {
    const [script = "", ...args] = command.split(" ");

    const { code, stdout, stderr } = await workspace.run(["node", `build/scripts/${script}.js`, ...args]);

    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(usage);
  });

  test.each([
    ["ecr lifecycle preview --env dev", "error: required option '--repo <name>' not specified\n"],
    ["ecr registry explain --env dev --all", "error: unknown option '--all'\n"],
    ["secrets set --env dev", "error: missing required argument 'secret'\n"],
  ])("%s fails with one sentence", async (command, sentence) => {
    const [script = "", ...args] = command.split(" ");

    const { code, stdout, stderr } = await workspace.run(["node", `build/scripts/${script}.js`, ...args]);

    expect([code, stdout, stderr]).toEqual([1, "", sentence]);
  });
});
