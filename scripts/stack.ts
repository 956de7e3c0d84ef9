import type { Environment } from "../environments/environment";
import type { StackPlan } from "../environments/stack-plan";
import { CommandError } from "./command";
import type { SynthesizedStack } from "./synthesis";
import { type Ended, terraform } from "./terraform";

/** A stack of an environment, ready for Terraform. */
export interface Stack extends StackPlan {
  readonly directory: string;
}

/** Flags that the runner itself sets. `-no-color` unless a person is looking. */
function flags(): string[] {
  const colors = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
  return colors ? [] : ["-no-color"];
}

/** Where the synthesized stacks of a plan lie. */
export function stacksOf(plans: readonly StackPlan[], synthesized: readonly SynthesizedStack[]): Stack[] {
  return plans.map((plan) => {
    const found = synthesized.find(({ name }) => name === plan.stack);
    if (!found) throw new CommandError(`The app has not written the stack ${plan.stack}.`);
    return { ...plan, directory: found.directory };
  });
}

/** Folders that this run has initialized already. */
const initialized = new Set<string>();

/**
 * `terraform init`, once in a run. What it prints is shown only when it fails.
 *
 * @throws CommandError when it fails
 */
export async function init({ stack, directory, environment }: Stack): Promise<void> {
  if (initialized.has(directory)) return;
  const ended = await terraform(directory, ["init", "-input=false", ...flags()], { quiet: true });
  if (ended.code !== 0) {
    process.stderr.write(ended.output);
    if (/S3 bucket "[^"]+" does not exist/.test(ended.output))
      throw new CommandError(
        `${stack}: the bucket for its state is not there yet; make it first: npm run deploy -- ${environment.name} --layer bootstrap`,
      );
    throw new CommandError(explain(stack, directory, "init", ended), ended.code);
  }
  initialized.add(directory);
}

/** How changes are approved. */
export interface Approval {
  /** Apply without a question. Without it Terraform asks at the terminal. */
  readonly autoApprove: boolean;
  /** Further flags for Terraform, as given on the command line. */
  readonly passed: readonly string[];
}

/**
 * `terraform apply` or `terraform destroy`, waiting a minute for the state's lock.
 *
 * @throws CommandError when it fails or is killed
 */
export async function change(
  verb: "apply" | "destroy",
  { stack, directory }: Stack,
  { autoApprove, passed }: Approval,
): Promise<void> {
  const approval = autoApprove ? ["-input=false", "-auto-approve"] : [];
  const ended = await terraform(directory, [verb, ...approval, "-lock-timeout=60s", ...flags(), ...passed]);
  if (ended.code !== 0) throw new CommandError(explain(stack, directory, verb, ended), ended.code);
}

/** `terraform plan -detailed-exitcode`: whether there are changes. @throws CommandError when it fails */
export async function hasChanges({ stack, directory }: Stack, passed: readonly string[]): Promise<boolean> {
  const args = ["plan", "-input=false", "-detailed-exitcode", "-lock=false", ...flags(), ...passed];
  const ended = await terraform(directory, args);
  if (ended.code !== 0 && ended.code !== 2)
    throw new CommandError(explain(stack, directory, "plan", ended), 1);
  return ended.code === 2;
}

/** Addresses of the resources in a stack's state; none when the state does not exist. Needs `init`. */
export async function resourcesIn({ stack, directory }: Stack): Promise<string[]> {
  const ended = await terraform(directory, ["state", "list"], { quiet: true });
  if (ended.code !== 0) {
    if (/No state file was found/.test(ended.output)) return [];
    process.stderr.write(ended.output);
    throw new CommandError(explain(stack, directory, "state list", ended));
  }
  return ended.output.split("\n").filter((line) => line !== "" && !line.startsWith("data."));
}

/** Names of the outputs in a stack's state. Needs `init`. */
export async function outputsIn({ stack, directory }: Stack): Promise<string[]> {
  const ended = await terraform(directory, ["output", "-json"], { quiet: true });
  if (ended.code !== 0) {
    process.stderr.write(ended.output);
    throw new CommandError(explain(stack, directory, "output", ended));
  }
  return Object.keys(JSON.parse(ended.output) as Record<string, unknown>);
}

function explain(stack: string, directory: string, verb: string, { code, signal }: Ended): string {
  if (signal === null) return `${stack}: terraform ${verb} failed with exit code ${code}.`;
  return [
    `${stack}: terraform ${verb} was killed by ${signal}, so its state may lack what it made last.`,
    `Look at the plan before you go on. If the state is still locked: terraform -chdir=${directory} force-unlock <lock id>`,
  ].join("\n");
}

/** The account, Region and tier that a command is about to change, in a sentence. */
export function target({ name, accountId, region, tier }: Environment): string {
  return `${name} (${tier}, account ${accountId}, ${region})`;
}
