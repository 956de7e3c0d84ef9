import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { compareRuns, measure, measureInTurn } from "./measure";
import {
  asUsersRunIt,
  awsCdkByDefault,
  awsCdkUnvalidated,
  checkedThenRun,
  compiled,
  type Program,
} from "./programs";
import type { Row } from "./targets";

/** Every comparison at one number of repositories. The page has a table for each. */
export type Comparisons = Readonly<Record<ComparisonName, Row>>;

/** `…Unchecked`: without the other program's type check. `replicas`: in one state, and in several. */
export type ComparisonName =
  | "fourStacks"
  | "fourStacksUnchecked"
  | "repositories"
  | "repositoriesUnchecked"
  | "awsCdk"
  | "awsCdkByDefault"
  | "replicas";

/** Fill the caches of `run.cjs`, as for a user who has run a program before. Its second run may still add to them. */
export function warmCaches(folder: string): void {
  const programs = ["ours", "ours-repositories", "ours-replicas", "ours-shards"];
  for (const name of [...programs, ...programs]) measure(asUsersRunIt(name)(1, join(folder, name)));
}

/**
 * Measure every comparison. The programs of one round take turns.
 *
 * @param folder that the programs write to
 */
export function measureSize(repositories: number, rounds: number, folder: string): Comparisons {
  const inTurn = <Name extends string>(programs: Readonly<Record<Name, Program>>, check: string) => {
    const names = Object.keys(programs) as Name[];
    const outdirOf = (name: string) => join(folder, `${check}-${name}-${repositories}`);
    const commands = names.map((name) => [name, programs[name](repositories, outdirOf(name))]);
    return measureInTurn(Object.fromEntries(commands) as Record<Name, string>, rounds, () =>
      execFileSync(process.execPath, [join("build", "bench", `${check}.js`), ...names.map(outdirOf)]),
    );
  };
  const stacks = inTurn(
    { ours: asUsersRunIt("ours"), bare: checkedThenRun("bare"), bareUnchecked: compiled("bare") },
    "same-output",
  );
  const alone = inTurn(
    {
      ours: asUsersRunIt("ours-repositories"),
      bare: checkedThenRun("bare-repositories"),
      bareUnchecked: compiled("bare-repositories"),
      awsCdk: awsCdkUnvalidated,
      awsCdkByDefault,
    },
    "same-repositories",
  );
  const replicated = inTurn(
    { ours: asUsersRunIt("ours-replicas"), shards: asUsersRunIt("ours-shards") },
    "same-repositories",
  );
  return {
    fourStacks: { repositories, ...compareRuns(stacks.ours, stacks.bare) },
    fourStacksUnchecked: { repositories, ...compareRuns(stacks.ours, stacks.bareUnchecked) },
    repositories: { repositories, ...compareRuns(alone.ours, alone.bare) },
    repositoriesUnchecked: { repositories, ...compareRuns(alone.ours, alone.bareUnchecked) },
    awsCdk: { repositories, ...compareRuns(alone.ours, alone.awsCdk) },
    awsCdkByDefault: { repositories, ...compareRuns(alone.ours, alone.awsCdkByDefault) },
    replicas: { repositories, ...compareRuns(replicated.ours, replicated.shards) },
  };
}
