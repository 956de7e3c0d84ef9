import { valueAt } from "../modules/values/value-at";
import { type EnvironmentInput, EnvironmentOptions, type EnvironmentOutput } from "./options/environment";
import { placeholdersIn } from "./schema/placeholders";
import type { Problem } from "./schema/problem";
import { type RawValue, rawValuesIn } from "./schema/raw-values";

/** Where a stack keeps its state, with every default filled in. */
export type StateLocation =
  | { readonly backend: "local" }
  | {
      readonly backend: "s3";
      readonly bucket: string;
      readonly region: string;
      readonly kmsKeyArn: string | undefined;
      readonly keyPrefix: string;
      readonly createBucket: boolean;
    };

/** One environment as the layers see it: checked, with every default filled in. */
export interface Environment extends Omit<EnvironmentOutput, "state" | "deletionProtection"> {
  /** The file it was read from, e.g. `environments/prod.ts`. */
  readonly file: string;
  readonly deletionProtection: boolean;
  readonly state: StateLocation;
}

type Finding = Omit<Problem, "file">;

/** What {@link defineEnvironment} returns: the environment but for its file, or everything that is wrong with it. */
export type Definition =
  | { readonly ok: true; readonly environment: Omit<Environment, "file"> }
  | { readonly ok: false; readonly name: unknown; readonly findings: readonly Finding[] };

/**
 * Check the options of an environment against every rule that concerns one file.
 *
 * It does not throw: problems are kept, so that `loadEnvironments` can report those of all files together.
 *
 * @param input the literal of the file; unknown keys are refused
 */
export function defineEnvironment(input: EnvironmentInput): Definition {
  const values = rawValuesIn(input);
  const unreadable = [...placeholdersIn(values), ...prototypesIn(values)];
  const parsed = EnvironmentOptions.safeParse(input, { reportInput: true });
  if (parsed.success && unreadable.length === 0) return { ok: true, environment: withDefaults(parsed.data) };

  const taken = new Set(unreadable.map(({ path }) => path.join("\0")));
  const findings = (parsed.error?.issues ?? []).flatMap((issue): Finding[] => {
    const { path } = issue;
    if (issue.code === "custom") return [{ path, found: issue.input, advice: issue.message }];
    // The rule is about the key, and not about what it names.
    if (issue.code === "invalid_key") return [{ path, found: path.at(-1), advice: issue.message }];
    if (issue.code !== "unrecognized_keys")
      return [{ path, found: valueAt(input, path), advice: issue.message }];
    const advices = issue.message.split("\n");
    return issue.keys.map((key, index) => ({
      path: [...path, key],
      found: valueAt(input, [...path, key]),
      advice: advices[index] ?? issue.message,
    }));
  });
  return {
    ok: false,
    name: (input as { name?: unknown } | undefined)?.name,
    findings: [...unreadable, ...findings.filter(({ path }) => !taken.has(path.join("\0")))],
  };
}

/** Zod passes over a key of this name, and what it names would be missing without a word. */
function prototypesIn(values: readonly RawValue[]): Finding[] {
  return values.flatMap(({ path }) =>
    path.at(-1) === "__proto__"
      ? [
          {
            path,
            found: "__proto__",
            advice: "JavaScript keeps this name for the prototype of an object; choose another one",
          },
        ]
      : [],
  );
}

function withDefaults(options: EnvironmentOutput): Omit<Environment, "file"> {
  const { state, deletionProtection = options.tier === "production" } = options;
  return {
    ...options,
    deletionProtection,
    state:
      state.backend === "local"
        ? state
        : {
            ...state,
            region: state.region ?? options.region,
            kmsKeyArn: state.kmsKeyArn,
            keyPrefix: state.keyPrefix ?? options.project,
          },
  };
}
