import { rmSync } from "node:fs";
import { join } from "node:path";
import { lossReasons } from "../review/loss-rule";
import { protectedTypes } from "../review/protected-types";
import { effectOf } from "../review/terraform-plan";
import { liveOutput } from "../runner/output";
import { isWritten } from "../runner/private-file";
import { planIn } from "../runner/shown-plan";
import type { Stack } from "../runner/stack";

/** The file of a plan of imports, in the folder of its stack. It contains the process ID so that no other run overwrites it. */
export const planFile = `imports-${process.pid}.tfplan`;

/** The saved plan contains the same data as the state. */
export function removePlan({ directory }: Stack): void {
  rmSync(join(directory, planFile), { force: true });
}

/**
 * What the saved plan imports only to replace it, although nothing can restore its content: e.g. a replica that ECR created
 * with AES256 encryption, which is fixed. Terraform saves the plan also if it refuses it because of `prevent_destroy`.
 *
 * @returns the attributes that force the replacement, by address
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export async function replacementsIn(stack: Stack): Promise<Map<string, readonly string[]>> {
  if (!isWritten(join(stack.directory, planFile))) return new Map();
  const { resource_changes: changes = [] } = await planIn(stack, planFile, liveOutput);
  return new Map(
    changes
      .filter((change) => change.change.importing !== undefined && effectOf(change) === "replace")
      .filter(({ type }) => Object.hasOwn(protectedTypes, type))
      .map((change) => [change.address, lossReasons(change)]),
  );
}
