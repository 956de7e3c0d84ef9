import { cachePermission } from "../../modules/ecr/cache/cache-permission";
import { pullBoundary, regionBoundary } from "../../modules/eks/pull-boundary";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { namePrefix } from "../naming";
import type { Environment } from "./environment";
import { cacheArns } from "./pull-through-caches";
import { replicaRegions } from "./replicas";
import { namePatterns, ownNames } from "./repository-names";

/**
 * What the roles of nodes and Fargate pods get besides the AWS managed policies: they may fill the caches of the environment,
 * and pull from no other repository of the account.
 *
 * Names that start with the project and the environment belong to the environment in every Region. Others may belong to
 * another environment there, so only the Regions with the environment's own repositories are allowed.
 */
export function clusterPullStatements(environment: Environment): Statement[] {
  const { accountId, region } = environment;
  const account = { partition: partitionOf(region), accountId };
  const patterns = namePatterns(ownNames(environment));
  const isUnique = patterns.every((pattern) => pattern.startsWith(`${namePrefix(environment)}-`));
  return [
    ...cachePermission(cacheArns(environment)),
    pullBoundary(account, patterns),
    ...(isUnique ? [] : [regionBoundary(account, [region, ...replicaRegions(environment)])]),
  ];
}
