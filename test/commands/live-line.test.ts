import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planned } from "../support/commands/planned";
import { recordTerraform } from "../support/commands/recorder";
import { atTerminal } from "../support/commands/terminal";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** What stands in for Terraform waits for a file of this name next to it: until the terminal shows what is expected. */
const shown = "shown";
const untilShown = `for i in $(seq 600); do test -e "\${0%/*}/${shown}" && break; sleep 0.1; done`;

/** A slow machine may show it later than after one second. */
const afterSeconds = /security-dev: apply, 0 of 31, 1 in progress, [1-9]\d* s/;

/** Terraform as it prints for people. */
const acting = (wait: string) => `case "$2" in
state) exit 0;;
destroy) echo "Plan: 0 to add, 0 to change, 2 to destroy."; printf "  Enter a value: "; sleep 1.2
echo; echo "a.b: Destroying..."; ${wait}; printf '\\nDestroy complete! Resources: 2 destroyed.\\n'; exit 0;;
esac
${planned({
  apply: `echo "aws_kms_key.ecr: Creating..."; ${wait}; echo "aws_kms_key.ecr: Creation complete after 1s"; exit 0`,
})}`;

describeWithTerraform("a run at a terminal", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace({}, { code: false });
    workspace.edit("environments/dev.ts", /state: \{.*\}/, 'state: { backend: "local" }');
  });
  afterAll(() => workspace.remove());

  const dev = ["dev", "--layer", "security", "--auto-approve"];
  /** Run a command at a terminal. Terraform goes on when the terminal has shown what is expected. */
  const terminal = (verb: string, expected: RegExp) => {
    const file = join(workspace.folder, shown);
    rmSync(file, { force: true });
    const { variables } = recordTerraform(workspace, acting(untilShown));
    const replies = [{ question: expected, act: () => writeFileSync(file, "") }];
    return atTerminal(workspace, [verb, ...dev], replies, { TERM: "xterm", ...variables });
  };

  test("a deploy shows how far Terraform is, below what Terraform prints", async () => {
    const { code, printed } = await terminal("deploy", afterSeconds);

    expect(code, printed).toBe(0);
    const text = printed.replaceAll("\r\u001b[K", "<cleared>").replaceAll("\r", "");
    expect(text).toMatch(
      /<cleared>aws_kms_key\.ecr: Creating\.\.\.\nsecurity-dev: apply, 0 of 31, 1 in progress, \d+ s<cleared>/,
    );
    expect(text).toMatch(afterSeconds);
    expect(text).toMatch(/<cleared>security-dev: applied, 2 created, 1 changed, 11 replaced, 6 destroyed /);
  });

  test("a destruction leaves Terraform's question alone, and says how much it has destroyed", async () => {
    const { code, printed } = await terminal("destroy", /security-dev: destroy, 0 of 2, 1 in progress/);

    expect(code, printed).toBe(0);
    expect(printed).toContain(
      "  Enter a value: \r\na.b: Destroying...\r\nsecurity-dev: destroy, 0 of 2, 1 in progress",
    );
    expect(printed).toMatch(/security-dev: 2 destroyed \(\d+ s\)/);
  });

  test("elsewhere there is no line, and Terraform starts as often", async () => {
    const terraform = recordTerraform(workspace, acting("sleep 1.2"));
    const { code, stdout, stderr } = await workspace.command(
      ["destroy", ...dev, "--json"],
      terraform.variables,
    );

    expect([code, stderr]).toEqual([0, expect.not.stringContaining("\r")]);
    expect(stderr).toContain("Destroy complete! Resources: 2 destroyed.");
    expect(JSON.parse(stdout).stacks).toMatchObject([
      { stack: "security-dev", outcome: "destroyed", changes: { destroyed: 2, created: 0 } },
    ]);
    expect(terraform.starts().filter(({ args }) => args.includes(" destroy "))).toHaveLength(1);
  });
});
