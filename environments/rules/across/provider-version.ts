import { usesArchive } from "../../../modules/ecr/lifecycle/lifecycle-rules";
import { takesExclusionFilters } from "../../../modules/ecr/repository/tag-mutability";
import type { RepositoryOptions } from "../../options/repository";
import type { Environment } from "../../plan/environment";
import { composedPolicyOf } from "../../plan/lifecycle";
import { atLeast, contextKey, since } from "../../plan/provider-version";
import type { Problem } from "../../schema/problem";
import { environmentFeatures } from "./environment-features";

/** The options of a repository or cache that can require a newer provider. */
type VersionedOptions = Pick<RepositoryOptions, "imageTagMutability"> &
  Parameters<typeof composedPolicyOf>[0];

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
      takesExclusionFilters(found) ? [{ path: ["imageTagMutability"], found }] : [],
    what: "exclusion filters require",
    instead: "use IMMUTABLE or MUTABLE",
  },
  {
    since: since.archivingRules,
    uses: (options) => {
      if (options.lifecycleRules.length === 0 && options.lifecyclePolicy === null) return [];
      const { policy, origins } = composedPolicyOf(options);
      return policy.rules.flatMap((found, index) =>
        usesArchive([found]) ? [{ path: origins[index] ?? [], found }] : [],
      );
    },
    what: "rules that archive images or count from the last pull (an older provider does not detect changes to them) require",
    instead: "use expire with imageCountMoreThan or sinceImagePushed",
  },
];

function environmentProblems(environment: Environment, version: string): Problem[] {
  return environmentFeatures.flatMap(({ since: needed, uses, what, instead }) =>
    atLeast(version, needed)
      ? []
      : uses(environment).map(({ path, found }) => ({
          file: environment.file,
          path,
          found,
          advice: tooOld(what, needed, version, instead),
        })),
  );
}

/** One sentence that names the version. */
const tooOld = (what: string, needed: string, version: string, instead: string): string =>
  `${what} AWS provider ${needed}, and the configured version is ${version}; ${instead === "" ? "" : `${instead}, or `}raise ${contextKey}`;

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
          advice: tooOld(what, needed, version, instead),
        }),
      );
    });
  return environments.flatMap((environment) => [
    ...environmentProblems(environment, version),
    ...Object.entries(environment.ecr.repositories).flatMap(([name, options]) =>
      unsupported(environment.file, ["ecr", "repositories", name], options, false),
    ),
    ...(["pullThroughCache", "creationTemplates"] as const).flatMap((section) =>
      Object.entries(environment.ecr[section]).flatMap(([name, options]) =>
        unsupported(environment.file, ["ecr", section, name], options, true),
      ),
    ),
  ]);
}
