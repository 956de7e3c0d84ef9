import { CommandError } from "./command";
import { forgetInit, isRecorded, isStateInPlace, recordInit } from "./init-record";
import { liveOutput } from "./output";
import { lockFlags } from "./provider-lock";
import { failed, flags, type Stack } from "./stack";
import { type TerraformOptions, type TerraformResult, terraform } from "./terraform";

/** Folders that this run has initialized, or in which a command showed that they are initialized. */
const initialized = new Set<string>();

/**
 * `terraform init`, at most once per run, and not at all if an earlier run initialized the folder for the same
 * configuration. Its output is shown only if it fails.
 *
 * @param options.always initialize even if an earlier run did
 * @throws CommandError when it fails, e.g. because the state bucket does not exist
 */
export async function init(stack: Stack, { always = false } = {}): Promise<void> {
  const { stack: name, directory, environment } = stack;
  if (initialized.has(directory)) return;
  // Before the record is read: another lock is a reason to initialize.
  const locked = lockFlags(directory);
  if (!always && isRecorded(directory)) return;
  forgetInit(directory);
  const run = (...more: string[]) =>
    terraform(directory, ["init", "-input=false", ...locked, ...more, ...flags()], {
      quiet: true,
      live: name,
    });
  let result = await run();
  // The backend has other settings, e.g. of a new release, and the state is where it was: nothing is to be moved.
  if (result.code !== 0 && /Backend configuration changed/.test(result.output) && isStateInPlace(directory))
    result = await run("-reconfigure");
  if (result.code !== 0) {
    const { message, exitCode } = missingBucket.test(result.output)
      ? new CommandError(
          `${name}: its state bucket does not exist yet; create it first: npm run deploy -- ${environment.name} --layer bootstrap`,
        )
      : failed(stack, "init", result);
    throw new CommandError(`${result.output.trimEnd()}\n${message}`, exitCode);
  }
  recordInit(directory);
  initialized.add(directory);
}

/** Terraform's error for a state bucket that does not exist. */
const missingBucket = /S3 bucket "[^"]+" does not exist/;

/** Errors that `init` may solve, or explain. Terraform and OpenTofu report them before they read or change anything. */
const requiresInit = [/\b(terraform|tofu) init\b/, missingBucket];

/**
 * Initialize a stack if needed, then run a Terraform command that changes nothing. If `init` was skipped and Terraform
 * requires it, initialize the stack and repeat the command.
 */
export async function terraformInitialized(
  stack: Stack,
  args: readonly string[],
  options: TerraformOptions,
): Promise<TerraformResult> {
  const { directory } = stack;
  const shown = { ...options, live: stack.stack };
  await init(stack);
  if (initialized.has(directory)) return terraform(directory, args, shown);
  const result = await terraform(directory, args, { ...shown, quietErrors: true });
  if (result.code === 1 && requiresInit.some((error) => error.test(result.stderr))) {
    await init(stack, { always: true });
    return terraform(directory, args, shown);
  }
  if (!options.quiet && !options.quietErrors) (options.output ?? liveOutput).write("stderr", result.stderr);
  // Terraform may require init in other words, e.g. on standard output with -json. The next run then initializes.
  if (result.code === 1) forgetInit(directory);
  else initialized.add(directory);
  return result;
}
