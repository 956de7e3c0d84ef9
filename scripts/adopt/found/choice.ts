import { definitions } from "../../../environments/all";
import { cachePrefix } from "../../../environments/plan/pull-through-caches";
import { repositoryName } from "../../../environments/plan/repository-names";
import { templatePrefixes } from "../../../environments/plan/templates";
import { patternMatcher } from "../../../modules/ecr/lifecycle/tag-pattern";
import { CommandError } from "../../runner/command";
import type { Choice } from "./found-options";
import type { FoundRegistry } from "./found-registry";
import { isUnder } from "./name-pattern";

/** Which repositories the environment gets, as the command line and the other environments say. */
export interface ChoiceOptions {
  readonly env: string;
  readonly project: string;
  /** Full names, in which `*` matches any text. Empty: all. */
  readonly repositories: readonly string[];
}

/** @throws CommandError when a name or pattern of `--repository` matches no repository that was found */
export function checkMatches(
  patterns: readonly string[],
  { repositories }: Pick<FoundRegistry, "repositories">,
): void {
  const names = repositories.map(({ name }) => name);
  const wrong = patterns.filter((pattern) => !names.some(patternMatcher(pattern)));
  if (wrong.length === 0) return;
  const shown = names.slice(0, 10).join(", ");
  const found = names.length > 10 ? `${shown} and ${names.length - 10} more` : shown || "none";
  throw new CommandError(
    [
      ...wrong.map((pattern) => `--repository ${JSON.stringify(pattern)} matches no repository.`),
      `The repositories are: ${found}. Nothing was written.`,
    ].join("\n"),
  );
}

/** @param place the registry; the repositories of other environments there stay theirs */
export function choiceOf(
  { env, project, repositories }: ChoiceOptions,
  place: { readonly accountId: string | undefined; readonly region: string | undefined },
): Choice {
  const others = Object.values(definitions).flatMap((one) => (one.ok ? [one.environment] : []));
  const there = others.filter(
    (one) => one.name !== env && one.accountId === place.accountId && one.region === place.region,
  );
  const taken = new Set(
    there.flatMap((one) => Object.keys(one.ecr.repositories).map((short) => repositoryName(one, short))),
  );
  const takenPrefixes = new Set(there.flatMap(templatePrefixes));
  const cachesThere = there.flatMap((one) =>
    Object.entries(one.ecr.pullThroughCache).map(([short, options]) => cachePrefix(one, short, options)),
  );
  const existing = others.find((one) => one.name === env);
  const matchers = repositories.map(patternMatcher);
  return {
    ...{ project, environment: env },
    isOwned: (name) => matchers.length === 0 || matchers.some((matches) => matches(name)),
    isTaken: (name) => taken.has(name) || isUnder(name, cachesThere),
    isTakenPrefix: (prefix) => takenPrefixes.has(prefix),
    ...(existing !== undefined && {
      existing: {
        pattern: existing.naming.repository,
        shortNames: new Map(
          Object.keys(existing.ecr.repositories).map((short) => [repositoryName(existing, short), short]),
        ),
        caches: new Map(
          Object.entries(existing.ecr.pullThroughCache).map(([short, options]) => [
            cachePrefix(existing, short, options),
            short,
          ]),
        ),
      },
    }),
  };
}
