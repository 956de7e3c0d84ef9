import { existsSync, readFileSync } from "node:fs";
import type { Definition } from "../../environments/environment";
import type { EnvironmentInput } from "../../environments/options/environment";
import type { Answers } from "../init/answers";
import { fileOf } from "../init/answers";
import { surroundingsOf } from "../init/surroundings";
import { CommandError } from "../runner/command";
import type { Adopted, FoundIdentity } from "./environment-input";
import type { Note } from "./note";

/** What the user says about the environment. */
export interface TargetOptions {
  readonly env: string;
  readonly project?: string;
  readonly account?: string;
  readonly region?: string;
  readonly tier?: string;
  readonly bucket?: string;
}

/** The environment that receives what is adopted. */
export interface Target {
  /** E.g. `environments/dev.ts`. */
  readonly file: string;
  /** Text of the file. @default - it does not exist */
  readonly source: string | undefined;
  /** Everything but what is adopted. */
  readonly base: Omit<EnvironmentInput, "ecr">;
}

/**
 * The environment that receives what is adopted: the file that exists, or a new one. What identifies it comes from the
 * file, then from flags, then from what is adopted.
 *
 * @param definitions what `environments/all.ts` lists
 * @throws CommandError that names every flag that is missing, or when the file is no environment of the project
 */
export function targetOf(
  options: TargetOptions,
  found: FoundIdentity,
  definitions: Readonly<Record<string, Definition>>,
  notes: Note[],
): Target {
  const file = fileOf(options.env);
  const existing = definitions[file];
  if (existing === undefined && existsSync(file))
    throw new CommandError(
      `${file} exists, and environments/all.ts does not list it as an environment; choose another name, or add it there. Nothing was written.`,
    );
  const given = givenBy(options, existing);
  const identity = {
    name: options.env,
    project: given.project ?? found.project,
    accountId: given.accountId ?? found.accountId,
    region: given.region ?? found.region,
  };
  for (const [key, value] of Object.entries(identity)) {
    const other = found[key as keyof FoundIdentity];
    if (other !== undefined && other !== value)
      notes.push({
        kind: "contradiction",
        subject: key,
        found: other,
        text: `the environment has ${value}, which counts`,
      });
  }
  const missing = (["project", "accountId", "region"] as const).filter((key) => identity[key] === undefined);
  if (missing.length > 0) {
    const flags = missing.map((key) => (key === "accountId" ? "--account" : `--${key}`));
    throw new CommandError(
      `Nothing says which ${missing.map((key) => (key === "accountId" ? "account" : key)).join(", ")} ${options.env} has; add ${flags.join(", ")}. Nothing was written.`,
    );
  }
  const { project = "", accountId = "", region = "" } = identity;
  const tier = (given.tier ?? "development") as EnvironmentInput["tier"];
  const answers: Answers = {
    ...{ project, name: options.env, tier, accountId, region, repositories: [] },
    ...(options.bucket !== undefined && { bucket: options.bucket }),
  };
  return {
    file,
    source: existsSync(file) ? readFileSync(file, "utf8") : undefined,
    base: {
      ...{ name: options.env, project, accountId, region, tier },
      state: surroundingsOf(answers, definitions).state,
    },
  };
}

/** What an environment file that exists says, before flags. */
function givenBy({ project, account, region, tier }: TargetOptions, existing: Definition | undefined) {
  if (existing?.ok) return existing.environment;
  return { project, accountId: account, region, tier };
}

/** The whole environment, for a file that does not exist yet. */
export function wholeEnvironment({ base }: Target, { ecr, tags, naming }: Adopted): EnvironmentInput {
  const { state, ...identity } = base;
  return {
    ...identity,
    state,
    ...(tags !== undefined && Object.keys(tags).length > 0 && { tags: { ...tags } }),
    ...(naming !== undefined && { naming }),
    ecr,
  } as EnvironmentInput;
}
