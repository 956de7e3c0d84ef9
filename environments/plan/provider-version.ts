import bindings from "@cdktf/provider-aws/package.json";
import { usesArchive } from "../../modules/ecr/lifecycle/lifecycle-rules";
import { takesExclusionFilters } from "../../modules/ecr/tag-mutability";
import type { Environment } from "../environment";
import type { RepositoryOptions } from "../options/ecr";
import type { Problem } from "../schema/problem";
import { composedPolicyOf } from "./lifecycle";

/** Name of the CDKTF context value that replaces the pinned version of the AWS provider. */
export const contextKey = "awsProviderVersion";

/**
 * The version of the AWS provider that every stack asks for: the one that the bindings were made from, unless the
 * CDKTF context holds another (for mirrors and tests).
 *
 * @param context `context` of cdktf.json, or else the variable CDKTF_CONTEXT_JSON
 * @throws Error when the context value is not an exact version
 */
export function providerVersionIn(context: Readonly<Record<string, unknown>>): string {
  const version = context[contextKey] ?? bindings.cdktf.provider.version;
  if (typeof version !== "string" || !/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(
      `context ${contextKey}: found ${JSON.stringify(version)}; this must be an exact version, because features depend on it; write for example "6.25.0"`,
    );
  return version;
}

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
