import { lifecycleWarnings, type RepositoryUse } from "../modules/ecr/lifecycle-warnings";
import type { Environment } from "./environment";
import { renderPath } from "./problem";
import { composedPolicyOf } from "./repository-lifecycle";
import type { warningNames } from "./warning-names";

/** Something that is legal and may surprise. */
interface Warning {
  readonly warning: (typeof warningNames)[number];
  readonly path: readonly PropertyKey[];
  /** Short name of the repository or cache; `undefined` for the environment as a whole. */
  readonly repository?: string;
  readonly text: string;
}

/** What synth warns of, one line each, without what `acceptedWarnings` accepts. */
export function warningsOf(environments: readonly Environment[]): string[] {
  return environments.flatMap((environment) => {
    const warnings = [...repositoryWarnings(environment), ...replicas(environment)];
    const line = (path: readonly PropertyKey[], text: string) =>
      `${environment.file}: ${renderPath(path)}: ${text}`;
    const accepts = (accepted: Environment["acceptedWarnings"][number], { warning, repository }: Warning) =>
      accepted.warning === warning &&
      (accepted.repository === undefined || accepted.repository === repository);
    return [
      ...warnings
        .filter((warning) => !environment.acceptedWarnings.some((accepted) => accepts(accepted, warning)))
        .map(({ path, text, warning }) => line(path, `${text} [${warning}]`)),
      ...environment.acceptedWarnings.flatMap((accepted, index) =>
        warnings.some((warning) => accepts(accepted, warning))
          ? []
          : [line(["acceptedWarnings", index], "There is nothing of this kind to accept; remove the entry.")],
      ),
    ];
  });
}

function repositoryWarnings({ ecr }: Environment): Warning[] {
  const warningsAt = (
    at: readonly [string, string, string],
    options: Parameters<typeof composedPolicyOf>[0],
    use: RepositoryUse,
  ): Warning[] => {
    const { policy, origins } = composedPolicyOf(options);
    return lifecycleWarnings(policy, use).map(({ warning, rule, text }) => ({
      warning,
      repository: at[2],
      path: [...at, ...(origins[rule] ?? [])],
      text,
    }));
  };
  return [
    ...Object.entries(ecr.repositories).flatMap(([name, options]) => {
      const { multiArchitecture, enableLambdaPull: lambda } = options;
      return warningsAt(["ecr", "repositories", name], options, { multiArchitecture, lambda });
    }),
    // Public images are for several architectures as a rule, and no function runs an image of a cache.
    ...Object.entries(ecr.pullThroughCache).flatMap(([name, options]) =>
      warningsAt(["ecr", "pullThroughCache", name], options, { multiArchitecture: true, lambda: false }),
    ),
  ];
}

/**
 * AWS copies images but no settings. Without a repository creation template in the destination registry the replica
 * has AES256 encryption, mutable tags and no lifecycle policy.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
function replicas({ ecr }: Environment): Warning[] {
  const replicated = Object.values(ecr.repositories).flatMap((options) => options.replicationDestinations);
  if (replicated.length === 0 || ecr.encryptionType === "AES256") return [];
  const regions = [...new Set(replicated.map(({ region }) => region))].toSorted().join(", ");
  return [
    {
      warning: "replicas-without-settings",
      path: ["ecr", "repositories"],
      text: `AWS replicates images, not settings: the replicas in ${regions} get AES256 encryption and mutable tags unless those registries hold a repository creation template.`,
    },
  ];
}
