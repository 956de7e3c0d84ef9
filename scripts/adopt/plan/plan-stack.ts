import { rmSync } from "node:fs";
import { join } from "node:path";
import { type MissingResources, writeImports } from "../../imports/existing-resources";
import { liveOutput } from "../../runner/output";
import { createPrivateFile } from "../../runner/private-file";
import { planIn } from "../../runner/shown-plan";
import { failed, flags, type Stack } from "../../runner/stack";
import { terraform } from "../../runner/terraform";
import { type Counted, countsOf, type Difference, differencesOf } from "./differences";

/** What a deploy would do to a stack after everything that exists is imported. */
export interface StackAdoption extends Pick<MissingResources, "unchangeable" | "ambiguous" | "unknown"> {
  readonly stack: string;
  readonly counts: Counted;
  readonly differences: readonly Difference[];
}

/**
 * Write import blocks for what exists, and plan the stack with them.
 *
 * @param elsewhere addresses in the state of another stack, which are not imported
 * @throws CommandError when Terraform fails, e.g. because a layer below is not deployed yet
 */
export async function planAdoption(stack: Stack, elsewhere: ReadonlySet<string>): Promise<StackAdoption> {
  const { unchangeable, ambiguous, unknown } = await writeImports(stack, elsewhere);
  const planFile = `adopt-${process.pid}.tfplan`;
  try {
    createPrivateFile(join(stack.directory, planFile));
    const args = ["plan", "-input=false", "-lock=false", ...flags(), `-out=${planFile}`];
    const planned = await terraform(stack.directory, args, { quiet: true });
    if (planned.code !== 0) {
      process.stderr.write(planned.stderr);
      throw failed(stack, "plan", planned);
    }
    const plan = await planIn(stack, planFile, liveOutput);
    return {
      ...{ stack: stack.stack, unchangeable, ambiguous, unknown },
      ...{ counts: countsOf(plan), differences: differencesOf(plan) },
    };
  } finally {
    // A saved plan contains the same data as the state.
    rmSync(join(stack.directory, planFile), { force: true });
  }
}
