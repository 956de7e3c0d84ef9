import { actsByPull } from "../../modules/ecr/lifecycle/replica-lifecycle";
import { registryStackName } from "../naming";
import type { Environment } from "../plan/environment";
import { composedPolicyOf } from "../plan/lifecycle";
import { type RegistryPlan, usersOf } from "../plan/registry-plan";
import { allowingReplicaCreation } from "../plan/registry-policy";
import { ownDestinations } from "../plan/replicas";
import { foreignRegistries, replicationSources } from "../plan/replication-sources";
import type { Located, Warning } from "./warning";

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
function replicasWithoutSettings({ name, accountId, ecr }: Environment): Warning[] {
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
      text: `AWS replicates images, not settings: the replicas in other accounts (${places}) get AES256 encryption and mutable tags unless those registries have a repository creation template. To print one to hand over: npm run --silent ecr -- registry policy --env ${name}`,
    },
  ];
}

/**
 * Registries of accounts without an environment here, whose owner must allow the replication.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-create-replication.html
 */
export function replicationPolicyElsewhere(
  environment: Environment,
  plans: readonly RegistryPlan[],
): Warning[] {
  const known = new Set(plans.map(registryStackName));
  const unknown = foreignRegistries(environment).filter((address) => !known.has(registryStackName(address)));
  if (unknown.length === 0) return [];
  const places = unknown.map(({ accountId, region }) => `${accountId} in ${region}`).join(", ");
  return [
    {
      warning: "replication-policy-elsewhere",
      path: ["ecr"],
      text: `No environment of this project has the registry of ${places}, so its owner must allow the replication. To print the policy and a repository creation template to hand over: npm run --silent ecr -- registry policy --env ${environment.name}`,
    },
  ];
}

/**
 * Without `ecr:CreateRepository`, replication from another account needs a repository of the same name. Warns the first
 * environment of the registry.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-create-replication.html
 */
export function replicasNotCreated(
  plans: readonly RegistryPlan[],
  environments: readonly Environment[],
): Located[] {
  return plans.flatMap((plan): Located[] => {
    const users = usersOf(plan);
    const sources = replicationSources(plan, environments);
    if (sources.length === 0 || allowingReplicaCreation(plan).length > 0) return [];
    const names = sources.map(
      ({ accountId, namePatterns }) => `${namePatterns.join(", ")} from ${accountId}`,
    );
    return [
      {
        warning: "replicas-not-created",
        file: users[0].file,
        path: ["ecr", "allowReplicaCreation"],
        text: `The registry receives ${names.join(", ")}, and replication of an image fails, which only CloudTrail shows, while this registry has no repository of its name. Create these repositories, or set allowReplicaCreation: true.`,
      },
    ];
  });
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
