import { usesArchive } from "../../../modules/ecr/lifecycle/lifecycle-rules";
import { takesExclusionFilters } from "../../../modules/ecr/repository/tag-mutability";
import type { RepositoryOptions } from "../../options/repository";
import type { Environment } from "../../plan/environment";
import { composedPolicyOf } from "../../plan/lifecycle";
import { contextKey } from "../../plan/provider-version";
import type { Problem } from "../../schema/problem";

/** The options of a repository, and of a cache, that may need a newer provider. */
type VersionedOptions = Pick<RepositoryOptions, "imageTagMutability"> &
  Parameters<typeof composedPolicyOf>[0];

/** A feature of the AWS provider that a repository or cache may use. */
interface Feature {
  readonly since: string;
  /** The same in a repository creation template. @default - as in a repository */
  readonly inTemplateSince?: string;
  /** Options by which a repository uses it: where, and what stands there. */
  uses(options: VersionedOptions): { readonly path: readonly PropertyKey[]; readonly found: unknown }[];
  readonly what: string;
  readonly instead: string;
}

const features: readonly Feature[] = [
  {
    since: "6.8.0",
    inTemplateSince: "6.10.0",
    uses: ({ imageTagMutability: found }) =>
      takesExclusionFilters(found) ? [{ path: ["imageTagMutability"], found }] : [],
    what: "exclusion filters need",
    instead: "use IMMUTABLE or MUTABLE",
  },
  {
    since: "6.28.0",
    uses: (options) => {
      if (options.lifecycleRules.length === 0 && options.lifecyclePolicy === null) return [];
      const { policy, origins } = composedPolicyOf(options);
      return policy.rules.flatMap((found, index) =>
        usesArchive([found]) ? [{ path: origins[index] ?? [], found }] : [],
      );
    },
    what: "rules that archive images or count from the last pull (an older provider does not see their changes) need",
    instead: "use expire with imageCountMoreThan or sinceImagePushed",
  },
];

/** What environments use that the provider in force does not have. */
export function providerVersionProblems(environments: readonly Environment[], version: string): Problem[] {
  const lacking = (file: string, at: readonly string[], options: VersionedOptions, inTemplate: boolean) =>
    features.flatMap(({ inTemplateSince, since: inRepositorySince, uses, what, instead }) => {
      const since = inTemplate ? (inTemplateSince ?? inRepositorySince) : inRepositorySince;
      if (atLeast(version, since)) return [];
      return uses(options).map(
        ({ path, found }): Problem => ({
          file,
          path: [...at, ...path],
          found,
          advice: `${what} AWS provider ${since} and version ${version} is in force; ${instead}, or raise ${contextKey}`,
        }),
      );
    });
  return environments.flatMap(({ file, ecr }) => [
    ...Object.entries(ecr.repositories).flatMap(([name, options]) =>
      lacking(file, ["ecr", "repositories", name], options, false),
    ),
    ...Object.entries(ecr.pullThroughCache).flatMap(([name, options]) =>
      lacking(file, ["ecr", "pullThroughCache", name], options, true),
    ),
  ]);
}

function atLeast(version: string, minimum: string): boolean {
  return rank(version) >= rank(minimum);
}

/** Not `localeCompare`, which loads the collation rules: 10 ms at every start. */
function rank(version: string): number {
  return version.split(".").reduce((sum, part) => sum * 10_000 + Number(part), 0);
}
