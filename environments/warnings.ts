import { lifecycleWarnings } from "../modules/ecr/lifecycle-warnings";
import { consumerWarnings } from "./consumer-warnings";
import { consumersOf } from "./consumers";
import type { Environment } from "./environment";
import { renderPath } from "./problem";
import { composedPolicyOf } from "./repository-lifecycle";
import type { warningNames } from "./warning-names";

/** Something that is legal and may surprise. */
export interface Warning {
  readonly warning: (typeof warningNames)[number];
  readonly path: readonly PropertyKey[];
  /** Short name of the repository; `undefined` for the environment as a whole. */
  readonly repository?: string;
  readonly text: string;
}

/** What synth warns of, one line each, without what `acceptedWarnings` accepts. */
export function warningsOf(environments: readonly Environment[]): string[] {
  return environments.flatMap((environment) => {
    const warnings = [
      ...repositoryWarnings(environment),
      ...consumerWarnings(environment),
      ...replicas(environment),
    ];
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

function repositoryWarnings(environment: Environment): Warning[] {
  const functions = consumersOf(environment).filter(({ kind }) => kind === "lambda");
  const known = new Set(functions.map(({ image }) => image.repository));
  return Object.entries(environment.ecr.repositories).flatMap(([repository, options]) => {
    const { policy, origins } = composedPolicyOf(options);
    const use = {
      multiArchitecture: options.multiArchitecture,
      // What the functions of this file run is known, and is warned of with the function.
      lambda: options.enableLambdaPull && !known.has(repository),
    };
    return lifecycleWarnings(policy, use).map(({ warning, rule, text }) => ({
      warning,
      repository,
      path: ["ecr", "repositories", repository, ...(origins[rule] ?? [])],
      text,
    }));
  });
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
