import type { Environment } from "../../environments/plan/environment";
import type { StackPlan } from "../../environments/plan/stacks";
import { CommandError } from "./command";
import type { SynthesizedStack } from "./synthesis";
import { type Ended, terraform } from "./terraform";

/** A stack of an environment, ready for Terraform. */
export interface Stack extends StackPlan, Pick<SynthesizedStack, "directory" | "reads"> {}

/** Flags that the runner itself sets. `-no-color` unless a person is looking. */
export function flags(): string[] {
  const colors = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
  return colors ? [] : ["-no-color"];
}

/** The synthesized stacks of a plan. */
export function synthesizedStacks(
  plans: readonly StackPlan[],
  synthesized: readonly SynthesizedStack[],
): Stack[] {
  return plans.map((plan) => {
    const found = synthesized.find(({ name }) => name === plan.stack);
    if (!found) throw new CommandError(`The app has not written the stack ${plan.stack}.`);
    return { ...plan, directory: found.directory, reads: found.reads };
  });
}

/** Folders that this run has initialized already. */
const initialized = new Set<string>();

/**
 * `terraform init`, once in a run. What it prints is shown only when it fails.
 *
 * @throws CommandError when it fails
 */
export async function init(of: Stack): Promise<void> {
  const { stack, directory, environment } = of;
  if (initialized.has(directory)) return;
  const ended = await terraform(directory, ["init", "-input=false", ...flags()], { quiet: true });
  if (ended.code !== 0) {
    process.stderr.write(ended.output);
    if (/S3 bucket "[^"]+" does not exist/.test(ended.output))
      throw new CommandError(
        `${stack}: the bucket for its state is not there yet; make it first: npm run deploy -- ${environment.name} --layer bootstrap`,
      );
    throw failed(of, "init", ended);
  }
  initialized.add(directory);
}

/** How a destruction is approved. */
export interface Approval {
  /** Destroy without a question. Without it Terraform asks at the terminal. */
  readonly autoApprove: boolean;
  /** Further flags for Terraform, as given on the command line. */
  readonly passed: readonly string[];
}

/**
 * `terraform destroy`, waiting a minute for the state's lock.
 *
 * @throws CommandError when it fails or is killed
 */
export async function destroy(stack: Stack, { autoApprove, passed }: Approval): Promise<void> {
  const approval = autoApprove ? ["-input=false", "-auto-approve"] : [];
  const args = ["destroy", ...approval, "-lock-timeout=60s", ...flags(), ...passed];
  const ended = await terraform(stack.directory, args);
  if (ended.code !== 0) throw failed(stack, "destroy", ended);
}

/** Addresses of the resources in a stack's state; none when the state does not exist. Needs `init`. */
export async function resourcesIn(stack: Stack): Promise<string[]> {
  const ended = await terraform(stack.directory, ["state", "list"], { quiet: true });
  if (ended.code !== 0) {
    if (/No state file was found/.test(ended.output)) return [];
    process.stderr.write(ended.output);
    throw failed(stack, "state list", ended, 1);
  }
  return ended.stdout.split("\n").filter((line) => line !== "" && !line.startsWith("data."));
}

/** Names of the outputs in a stack's state. Needs `init`. */
export async function outputsIn(stack: Stack): Promise<string[]> {
  const ended = await terraform(stack.directory, ["output", "-json"], { quiet: true });
  if (ended.code !== 0) {
    process.stderr.write(ended.output);
    throw failed(stack, "output", ended, 1);
  }
  return Object.keys(JSON.parse(ended.stdout) as Record<string, unknown>);
}

/** What a Terraform that failed means for the run. @param code exit code of the run, by default Terraform's */
export function failed(
  { stack, directory }: Stack,
  verb: string,
  ended: Ended,
  code = ended.code,
): CommandError {
  if (ended.signal === null)
    return new CommandError(`${stack}: terraform ${verb} failed with exit code ${ended.code}.`, code);
  const changes = verb === "apply" || verb === "destroy";
  const lines = [
    `${stack}: terraform ${verb} was killed by ${ended.signal}${changes ? ", so its state may lack what it made last" : ""}.`,
    `${changes ? "Look at the plan before you go on. " : ""}If the state is still locked: terraform -chdir=${directory} force-unlock <lock id>`,
  ];
  return new CommandError(lines.join("\n"), code);
}

/** The account, Region and tier that a command is about to change, in a sentence. */
export function target({ name, accountId, region, tier }: Environment): string {
  return `${name} (${tier}, account ${accountId}, ${region})`;
}
