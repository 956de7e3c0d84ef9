import { allow, oneOrMore, type Statement } from "../iam/policy-document";
import { viaService } from "../iam/via-service";
import { keyActions, keyUseActions, repositoryActions } from "./deploy-actions";
import { tagCondition } from "./environment-tags";
import type { ManagedEnvironment } from "./plan-permission";

/**
 * Permissions to deploy the replicas of an environment and their keys, restricted as in its own Region: repositories by
 * name, keys by tags. Creating keys and changing registry settings are allowed in every Region by `deployPermission`,
 * because IAM cannot restrict them to a name.
 *
 * @param regions Regions with replicas; at least one
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export function replicaPermission(managed: ManagedEnvironment, regions: readonly string[]): Statement[] {
  const { partition, accountId, namePrefix, repositoryPatterns } = managed;
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:*:${accountId}:${resource}`;
  const repositories = oneOrMore(repositoryPatterns.map((name) => arn("ecr", `repository/${name}`)));
  const inRegions = { "aws:RequestedRegion": regions.toSorted() };
  const tagged = tagCondition(managed, "Resource").StringEquals;
  return [
    allow("Replicas", repositoryActions, repositories, {
      StringEquals: inRegions,
    }),
    allow("ReplicaKeys", keyActions, arn("kms", "key/*"), { StringEquals: { ...tagged, ...inRegions } }),
    allow("ReplicaKeyAliases", ["kms:*Alias"], arn("kms", `alias/${namePrefix}-*`), {
      StringEquals: inRegions,
    }),
    allow("UseReplicaKeys", keyUseActions, arn("kms", "key/*"), {
      StringEquals: {
        ...tagged,
        "kms:ViaService": regions.toSorted().map((region) => viaService("ecr", region)),
      },
    }),
  ];
}
