import { usesArchive } from "../../../modules/ecr/lifecycle/lifecycle-rules";
import { takesExclusionFilters } from "../../../modules/ecr/repository/tag-mutability";
import { partitionOf } from "../../../modules/iam/aws-partition";
import type { RepositoryOptions } from "../../options/repository";
import type { Environment } from "../../plan/environment";
import { composedPolicyOf } from "../../plan/lifecycle";
import { atLeast, contextKey, since } from "../../plan/provider-version";
import type { Problem } from "../../schema/problem";

/** The options of a repository, managed or not, or of a cache that can require a newer provider. */
type VersionedOptions = Partial<
  Pick<RepositoryOptions, "imageTagMutability" | "replicationDestinations"> &
    Parameters<typeof composedPolicyOf>[0]
>;

/** A feature of the AWS provider that a repository or cache can use. */
interface Feature {
  /** First version with the feature. */
  readonly since: string;
  /** First version with the feature in a repository creation template. @default - `since` */
  readonly inTemplateSince?: string;
  /** Options of a repository that use the feature: their paths and values. */
  uses(options: VersionedOptions): { readonly path: readonly PropertyKey[]; readonly found: unknown }[];
  readonly what: string;
  readonly instead: string;
}

const features: readonly Feature[] = [
  {
    since: since.exclusionFilters,
    inTemplateSince: since.exclusionFiltersInTemplates,
    uses: ({ imageTagMutability: found }) =>
      found !== undefined && takesExclusionFilters(found) ? [{ path: ["imageTagMutability"], found }] : [],
    what: "exclusion filters require",
    instead: "use IMMUTABLE or MUTABLE",
  },
  {
    since: since.archivingRules,
    uses: (options) => {
      if (!hasLifecycle(options) || (options.lifecycleRules.length === 0 && options.lifecyclePolicy === null))
        return [];
      const { policy, origins } = composedPolicyOf(options);
      return policy.rules.flatMap((found, index) =>
        usesArchive([found]) ? [{ path: origins[index] ?? [], found }] : [],
      );
    },
    what: "rules that archive images or count from the last pull (an older provider does not detect changes to them) require",
    instead: "use expire with imageCountMoreThan or sinceImagePushed",
  },
  {
    // https://github.com/hashicorp/terraform-provider-aws/pull/45895
    since: "6.29.0",
    uses: ({ replicationDestinations = [] }) =>
      replicationDestinations.flatMap(({ region: found }, index) =>
        partitionOf(found) === "aws-eusc"
          ? [{ path: ["replicationDestinations", index, "region"], found }]
          : [],
      ),
    what: "replication to the AWS European Sovereign Cloud requires",
    instead: "remove the destination",
  },
];

/** Unmanaged repositories have no lifecycle options. */
function hasLifecycle(options: VersionedOptions): options is Parameters<typeof composedPolicyOf>[0] {
  return options.lifecycleRules !== undefined && options.lifecyclePolicy !== undefined;
}

/** Features that environments use and the configured provider version does not support. */
export function providerVersionProblems(environments: readonly Environment[], version: string): Problem[] {
  const unsupported = (file: string, at: readonly string[], options: VersionedOptions, inTemplate: boolean) =>
    features.flatMap(({ inTemplateSince, since: inRepositorySince, uses, what, instead }) => {
      const needed = inTemplate ? (inTemplateSince ?? inRepositorySince) : inRepositorySince;
      if (atLeast(version, needed)) return [];
      return uses(options).map(
        ({ path, found }): Problem => ({
          file,
          path: [...at, ...path],
          found,
          advice: `${what} AWS provider ${needed}, and the configured version is ${version}; ${instead}, or raise ${contextKey}`,
        }),
      );
    });
  return environments.flatMap(({ file, ecr }) => [
    ...Object.entries(ecr.repositories).flatMap(([name, options]) =>
      unsupported(file, ["ecr", "repositories", name], options, false),
    ),
    ...Object.entries(ecr.unmanagedRepositories).flatMap(([name, options]) =>
      unsupported(file, ["ecr", "unmanagedRepositories", name], options, false),
    ),
    ...Object.entries(ecr.pullThroughCache).flatMap(([name, options]) =>
      unsupported(file, ["ecr", "pullThroughCache", name], options, true),
    ),
  ]);
}
