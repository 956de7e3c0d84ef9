import "../exit-guard";
import { rmSync } from "node:fs";
import { Command } from "commander";
import { maxShards } from "../environments/options/ecr";
import { listedProject } from "./environment-files/listed-project";
import { parseCommands } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { commandHelp } from "./runner/help-text";
import { commandLine } from "./runner/in-order";
import { environmentNamed, selected } from "./runner/selection";
import { type Stack, synthesizedStacks } from "./runner/stack";
import { synthesize } from "./runner/synthesis";
import { emptyState, formerShard, pull, push } from "./shards/states";
import { declaredIn } from "./states/declared";
import { listing } from "./states/listing";
import { type Move, movesBetween, received, released, storedIn } from "./states/moves";

interface ShardOptions {
  readonly env: string;
  readonly apply?: boolean;
}

/** A stack with its state; `former` if the environment no longer has it. */
interface Stored {
  readonly stack: Stack;
  readonly former: boolean;
  readonly state: Awaited<ReturnType<typeof pull>>;
}

/**
 * `npm run shards -- --env <name>`: after `ecr.stateShards` was set, changed or removed, move the repositories to the states
 * of the stacks that now declare them. Changes states only, never AWS.
 */
run(async () => {
  let exitCode = 0;
  const program = new Command("shards")
    .description(
      "Move repositories between the states of an environment's compute stacks, after ecr.stateShards has changed. Changes nothing in AWS.",
    )
    .requiredOption("--env <name>", "environment, e.g. prod")
    .option("--apply", "move them; without it, only list what would move")
    .addHelpText(
      "after",
      commandHelp("shards", {
        exitCodes: {
          0: "every repository is where it belongs",
          1: "they cannot be moved",
          2: "there is something to move",
        },
        examples: ["--env prod", "--env prod --apply"],
      }),
    )
    .action(async (options: ShardOptions) => {
      exitCode = await moveShards(options);
    });
  await parseCommands(program, process.argv);
  return exitCode;
});

async function moveShards({ env, apply = false }: ShardOptions): Promise<number> {
  const project = listedProject();
  const environment = environmentNamed(env, project.environments);
  const stacks = synthesizedStacks(selected("deploy", environment, ["compute"]), synthesize(project));
  const compute = stacks.at(-1);
  if (compute === undefined) throw new Error(`${env} has no compute layer`);
  const { former, directories } = await formerShards(compute, stacks.length);
  try {
    const stored: Stored[] = [];
    for (const stack of stacks) stored.push({ stack, former: false, state: await pull(stack) });
    return await moveBetween([...former, ...stored], {
      apply,
      command: commandLine("deploy", env, ["compute"]),
    });
  } finally {
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  }
}

/** The shards that the environment had before, as far as their numbers follow each other. */
async function formerShards(
  compute: Stack,
  firstNumber: number,
): Promise<{ former: Stored[]; directories: string[] }> {
  const former: Stored[] = [];
  const directories: string[] = [];
  for (let number = firstNumber; number <= maxShards; number++) {
    const stack = formerShard(compute, number);
    directories.push(stack.directory);
    const state = await pull(stack);
    if (state === undefined) break;
    former.push({ stack, former: true, state });
  }
  return { former, directories };
}

async function moveBetween(
  stored: readonly Stored[],
  { apply, command }: { readonly apply: boolean; readonly command: string },
): Promise<number> {
  const moves = movesBetween(
    stored.map(({ stack, former, state }) => ({
      stack: stack.stack,
      stored: storedIn(state),
      declared: former ? undefined : declaredIn(stack.directory),
    })),
  );
  if (moves.length === 0) {
    process.stdout.write(
      "Every resource is in the state of the stack that declares it; nothing is to be moved.\n",
    );
    return 0;
  }
  process.stdout.write(`${listing(moves).join("\n")}\n`);
  if (!apply) {
    process.stdout.write("Nothing was moved. To move them, add --apply, while no one deploys.\n");
    return 2;
  }
  await write(stored, moves);
  process.stdout.write(
    `Moved ${moves.length} resources. Nothing in AWS has changed; the next plan changes no repository, only outputs and the policies of roles that pull or push: ${command}\n`,
  );
  return 0;
}

/**
 * Write the states that receive something before those that only lose it: if this is interrupted, a resource is in two
 * states, never in none, and the command can be repeated.
 */
async function write(stored: readonly Stored[], moves: readonly Move[]): Promise<void> {
  const like = stored.find(({ state }) => state !== undefined)?.state;
  if (like === undefined) throw new CommandError("There is no state to move resources from.");
  const before = new Map(stored.map(({ stack, state }) => [stack.stack, state ?? emptyState(like)]));
  const between = received(before, moves);
  for (const [old, next] of [
    [before, between],
    [between, released(between, moves)],
  ] as const)
    for (const { stack } of stored) {
      const state = next.get(stack.stack);
      if (state !== undefined && state !== old.get(stack.stack)) await push(stack, state);
    }
}
