import { afterAll, beforeAll, expect, test } from "vitest";
import { planned } from "../support/commands/planned";
import { recordTerraform } from "../support/commands/recorder";
import { atTerminal } from "../support/commands/terminal";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** Terraform that takes its time, as it prints for people. */
const apply = `echo "aws_kms_key.ecr: Creating..."; sleep 1.3; echo "aws_kms_key.ecr: Creation complete after 1s"; exit 0`;
const act = `case "$2" in
state) exit 0;;
destroy) echo "Plan: 0 to add, 0 to change, 2 to destroy."; printf "  Enter a value: "; sleep 1.2
echo; echo "a.b: Destroying..."; sleep 1.2; printf '\\nDestroy complete! Resources: 2 destroyed.\\n'; exit 0;;
esac
${planned({ apply })}`;

describeWithTerraform("a run at a terminal", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
    workspace.edit("environments/dev.ts", /state: \{.*\}/, 'state: { backend: "local" }');
  });
  afterAll(() => workspace.remove());

  const dev = ["dev", "--layer", "security", "--auto-approve"];
  const terminal = (verb: string, variables: Record<string, string | undefined>) =>
    atTerminal(workspace, [verb, ...dev], [], { TERM: "xterm", ...variables });

  test("a deploy shows how far Terraform is, below what Terraform prints", async () => {
    const { variables } = recordTerraform(workspace, act);
    const { code, printed } = await terminal("deploy", variables);

    expect(code, printed).toBe(0);
    const shown = printed.replaceAll("\r\u001b[K", "<cleared>").replaceAll("\r", "");
    expect(shown).toContain(
      "<cleared>aws_kms_key.ecr: Creating...\nsecurity-dev: apply, 0 of 31, 1 in progress, 0 s<cleared>",
    );
    expect(shown).toContain("security-dev: apply, 0 of 31, 1 in progress, 1 s<cleared>");
    expect(shown).toMatch(/<cleared>security-dev: applied, 2 created, 1 changed, 11 replaced, 6 destroyed /);
  });

  test("a destruction leaves Terraform's question alone, and says how much it has destroyed", async () => {
    const terraform = recordTerraform(workspace, act);
    const { code, printed } = await terminal("destroy", terraform.variables);

    expect(code, printed).toBe(0);
    expect(printed).toContain(
      "  Enter a value: \r\na.b: Destroying...\r\nsecurity-dev: destroy, 0 of 2, 1 in progress",
    );
    expect(printed).toMatch(/security-dev: 2 destroyed \(\d+ s\)/);
  });

  test("elsewhere there is no line, and Terraform starts as often", async () => {
    const terraform = recordTerraform(workspace, act);
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
