import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { shardStackName } from "../../environments/naming";
import { CommandError } from "../runner/command";
import { terraformInitialized } from "../runner/initialization";
import { failed, type Stack } from "../runner/stack";
import { terraform } from "../runner/terraform";
import type { StoredState } from "../states/moves";

/** The state as `terraform state pull` prints it, with everything that it holds. */
type State = StoredState & Readonly<Record<string, unknown>>;

/** The only format that this command understands. */
const stateVersion = 4;

/**
 * The state of a stack; `undefined` if there is none, for which Terraform prints nothing, or with the S3 backend a state
 * that was never written.
 *
 * @throws CommandError when it has another format
 */
export async function pull(stack: Stack): Promise<State | undefined> {
  const result = await terraformInitialized(stack, ["state", "pull"], { quiet: true });
  if (result.code !== 0) {
    const { message, exitCode } = failed(stack, "state pull", result, 1);
    throw new CommandError(`${result.output.trimEnd()}\n${message}`, exitCode);
  }
  if (result.stdout.trim() === "") return undefined;
  const state = JSON.parse(result.stdout) as State;
  if (state.version !== stateVersion)
    throw new CommandError(
      `The state of ${stack.stack} has format ${state.version}, and this command knows format ${stateVersion}; nothing was moved.`,
    );
  return state.serial === 0 && (state.resources ?? []).length === 0 ? undefined : state;
}

/**
 * Write the state of a stack. Terraform refuses if the state has changed since it was read, and takes the lock. The file
 * holds the same data as the state, so it is always removed.
 */
export async function push(stack: Stack, state: State): Promise<void> {
  const file = `runner-${process.pid}.tfstate`;
  const path = join(stack.directory, file);
  try {
    writeFileSync(path, JSON.stringify(state), { mode: 0o600 });
    const result = await terraform(stack.directory, ["state", "push", "-lock-timeout=60s", file], {
      quiet: true,
    });
    if (result.code !== 0) {
      process.stderr.write(result.output);
      throw failed(stack, "state push", result, 1);
    }
  } finally {
    rmSync(path, { force: true });
  }
}

/** A state without resources, for a stack that has none yet. */
export const emptyState = (like: State): State => ({
  version: stateVersion,
  terraform_version: like["terraform_version"],
  serial: 0,
  lineage: crypto.randomUUID(),
  outputs: {},
  resources: [],
});

/**
 * The stack of a shard that the environment no longer has: the backend of its state, and nothing else.
 *
 * @param compute the stack with the consumers, whose state is in the same place
 */
export function formerShard(compute: Stack, number: number): Stack {
  const stack = shardStackName(compute.environment, number);
  const directory = join(dirname(compute.directory), stack);
  const { terraform: settings } = JSON.parse(readFileSync(join(compute.directory, "cdk.tf.json"), "utf8"));
  const backend = JSON.parse(
    JSON.stringify(settings.backend)
      .replaceAll(`/${compute.stack}/`, `/${stack}/`)
      .replaceAll(`/${compute.stack}.`, `/${stack}.`),
  );
  if (!existsSync(directory)) mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, "cdk.tf.json"),
    JSON.stringify({ terraform: { required_version: settings.required_version, backend } }),
  );
  return { ...compute, stack, directory, reads: [] };
}
