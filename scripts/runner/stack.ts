import type { Environment } from "../../environments/plan/environment";
import type { StackPlan } from "../../environments/plan/stacks";
import { terraformProblem } from "../failures/terraform";
import { CommandError } from "./command";
import { destroyedCount } from "./destroyed-count";
import type { SynthesizedStack } from "./synthesis";
import { interruption, type TerraformResult, terraform } from "./terraform";

/** A stack of an environment, ready for Terraform. */
export interface Stack extends StackPlan, Pick<SynthesizedStack, "directory" | "reads" | "undeclared"> {}

/** Flags for every Terraform command: `-no-color` unless the output is a terminal and NO_COLOR is unset. */
export function flags(): string[] {
  const colors = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
  return colors ? [] : ["-no-color"];
}

/** The synthesized stacks for stack plans, in the same order. */
export function synthesizedStacks(
  plans: readonly StackPlan[],
  synthesized: readonly SynthesizedStack[],
): Stack[] {
  return plans.map((plan) => {
    const found = synthesized.find(({ name }) => name === plan.stack);
    if (!found) throw new CommandError(`Synth did not write the stack ${plan.stack}.`);
    return { ...plan, directory: found.directory, reads: found.reads, undeclared: found.undeclared };
  });
}

/** How to destroy. */
export interface Destruction {
  /** Destroy without confirmation. Otherwise Terraform asks at the terminal. */
  readonly autoApprove: boolean;
  /** Further flags for `terraform destroy`. */
  readonly terraformFlags: readonly string[];
}

/**
 * `terraform destroy`, waiting up to a minute for the state's lock.
 *
 * @returns how many resources were destroyed; `undefined` if Terraform does not say it
 * @throws CommandError when it fails or is killed
 */
export async function destroy(
  stack: Stack,
  { autoApprove, terraformFlags }: Destruction,
): Promise<number | undefined> {
  const approval = autoApprove ? ["-input=false", "-auto-approve"] : [];
  const args = ["destroy", ...approval, "-lock-timeout=60s", ...flags(), ...terraformFlags];
  const result = await terraform(stack.directory, args, { captured: true, live: stack.stack });
  if (result.code !== 0) throw failed(stack, "destroy", result);
  return destroyedCount(result.stdout);
}

/**
 * The error to throw after a Terraform command failed or was killed.
 *
 * @param code exit code of the run. @default - Terraform's
 */
export function failed(
  { stack, layer, directory, environment }: Stack,
  verb: string,
  result: TerraformResult,
  code = result.code,
): CommandError {
  if (result.signal === null) {
    const problem = terraformProblem(result.stderr, { stack, directory, environment });
    const lines = [
      `${stack}: terraform ${verb} failed with exit code ${result.code}.`,
      problem ?? interruptionIn(verb, result.stderr),
    ];
    return new CommandError(lines.filter((line) => line !== undefined).join("\n"), code);
  }
  const changes = verb === "apply" || verb === "destroy";
  const lines = [
    `${stack}: terraform ${verb} was killed by ${result.signal}${changes ? ", so its state may lack its latest changes" : ""}.`,
    `${changes ? "Check the plan before you continue. " : ""}If the state is still locked: terraform -chdir=${directory} force-unlock <lock id>`,
    ...(verb === "apply"
      ? [`If the plan creates what exists already: npm run imports -- ${environment.name} --layer ${layer}`]
      : []),
  ];
  return new CommandError(lines.join("\n"), code);
}

/** What an interrupted command leaves. After one signal Terraform saves the state; after a second it exits at once. */
function interruptionIn(verb: string, stderr: string): string | undefined {
  const signal = interruption();
  if (signal === undefined) return undefined;
  if (verb !== "apply" && verb !== "destroy") return `It was interrupted by ${signal} and changed nothing.`;
  return /data loss may have occurred/.test(stderr)
    ? `It was interrupted by ${signal} twice, so its state may lack its latest changes. Check the plan before you continue.`
    : `It was interrupted by ${signal}; the state holds what it had done until then.`;
}

/** An environment with what identifies it, e.g. `dev (development, account 123456789012, us-east-1)`. */
export function target({ name, accountId, region, tier }: Environment): string {
  return `${name} (${tier}, account ${accountId}, ${region})`;
}
