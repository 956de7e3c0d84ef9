import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { StackPlan } from "../../environments/plan/stacks";
import { planCounts, stepsOf } from "../review/plan-review";
import type { TerraformPlan } from "../review/terraform-plan";
import { undeclaredSettings } from "../review/undeclared-settings";
import { CommandError } from "../runner/command";
import { removeImportFile } from "../runner/import-file";
import { init } from "../runner/initialization";
import { liveOutput } from "../runner/output";
import { providerLock } from "../runner/provider-lock";
import { planIn } from "../runner/shown-plan";
import { failed, flags, type Stack } from "../runner/stack";
import { outputsIn } from "../runner/state";
import { terraform } from "../runner/terraform";
import { type Manifest, outputsDigest, type SavedStack, savedPath } from "./manifest";

/**
 * Give a stack's folder the JSON and the provider lock with which its plan was made.
 *
 * @param folder of the saved plans
 */
export function restored(plan: StackPlan, folder: string): Stack {
  // Where `npm run synth` writes it: the path of a local state is relative to it.
  const directory = join(process.env["CDKTF_OUTDIR"] ?? "cdktf.out", "stacks", plan.stack);
  mkdirSync(directory, { recursive: true });
  const json = join(folder, savedPath(plan.stack, "cdk.tf.json"));
  cpSync(json, join(directory, "cdk.tf.json"));
  const lock = join(folder, savedPath(plan.stack, "lock.hcl"));
  if (existsSync(lock)) cpSync(lock, join(directory, providerLock));
  const { resource } = JSON.parse(readFileSync(json, "utf8"));
  return { ...plan, directory, reads: [], undeclared: undeclaredSettings(resource) };
}

/** The saved plans of an environment. */
interface SavedFolder {
  readonly folder: string;
  readonly stackOf: (name: string) => Stack;
  readonly whyNot: (plan: TerraformPlan) => Promise<string | undefined>;
}

/**
 * Apply the saved plan of a stack.
 *
 * @param stackOf finds a stack whose outputs the plan has read
 * @param whyNot why the plan must not be applied, as a text; `undefined` if it may be
 * @returns the plan
 * @throws CommandError when these outputs or the state have changed since, when it must not be applied, or when Terraform fails
 */
export async function applySaved(
  stack: Stack,
  saved: SavedStack,
  { folder, stackOf, whyNot }: SavedFolder,
): Promise<TerraformPlan> {
  for (const [writer, { outputs, digest }] of Object.entries(saved.inputs))
    if (outputsDigest(await outputsIn(stackOf(writer)), outputs) !== digest)
      throw new CommandError(
        `The outputs of ${writer} have changed since ${stack.stack} was planned, so it was not applied; plan again.`,
      );
  await init(stack);
  const file = resolve(folder, savedPath(stack.stack, "plan.tfplan"));
  const plan = await planIn(stack, file, liveOutput);
  const block = await whyNot(plan);
  if (block !== undefined) throw new CommandError(`${block}\nNothing in ${stack.stack} was applied.`);
  const args = ["apply", "-input=false", "-lock-timeout=60s", ...flags(), file];
  const steps = stepsOf(planCounts(plan));
  const result = await terraform(stack.directory, args, { live: stack.stack, steps });
  if (result.code !== 0) throw failed(stack, "apply", result);
  removeImportFile(stack.directory);
  return plan;
}

/** What was saved of a stack. @throws Error when the manifest lacks it */
export function savedOf({ stacks }: Manifest, name: string): SavedStack {
  const found = stacks.find(({ stack }) => stack === name);
  if (found === undefined) throw new Error(`The manifest has no ${name}.`);
  return found;
}
