import { actsByPull } from "../../modules/ecr/lifecycle/replica-lifecycle";
import type { Environment } from "../plan/environment";
import { composedPolicyOf } from "../plan/lifecycle";
import { ownDestinations } from "../plan/replicas";
import type { Warning } from "./warning";

/** How the copies of images in other registries differ from their sources. */
export function replicaWarnings(environment: Environment): Warning[] {
  return [...replicasWithoutSettings(environment), ...replicasKeepMore(environment)];
}

/**
 * AWS replicates images but not settings. Without a repository creation template in the destination registry, the
 * replica has AES256 encryption, mutable tags and no lifecycle policy. The replicas layer creates those in the own account.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
function replicasWithoutSettings({ accountId, ecr }: Environment): Warning[] {
  const foreign = Object.values(ecr.repositories)
    .flatMap((options) => options.replicationDestinations)
    .flatMap(({ region, registryId = accountId }) =>
      registryId === accountId ? [] : `${registryId} in ${region}`,
    );
  if (foreign.length === 0 || ecr.encryptionType === "AES256") return [];
  const places = [...new Set(foreign)].toSorted().join(", ");
  return [
    {
      warning: "replicas-without-settings",
      path: ["ecr", "repositories"],
      text: `AWS replicates images, not settings: the replicas in other accounts (${places}) get AES256 encryption and mutable tags unless those registries have a repository creation template.`,
    },
  ];
}

/** Rules by last pull act only in the source, so a replica keeps what they archive there. */
function replicasKeepMore({ accountId, ecr }: Environment): Warning[] {
  return Object.entries(ecr.repositories).flatMap(([repository, options]): Warning[] => {
    const regions = ownDestinations(accountId, options);
    if (regions.length === 0) return [];
    const { policy, origins } = composedPolicyOf(options);
    const rule = policy.rules.findIndex(actsByPull);
    if (rule === -1) return [];
    return [
      {
        warning: "replica-without-archiving",
        repository,
        path: ["ecr", "repositories", repository, ...(origins[rule] ?? [])],
        text: `Nothing pulls from the replicas in ${regions.toSorted().join(", ")}, so rules by last pull do not act there: a replica keeps the images that these rules archive here. Delete them there yourself, or count days since the push.`,
      },
    ];
  });
}
