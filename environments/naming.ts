import { serviceDomain } from "../modules/aws-partition";

/** Names and tags. The only place that knows how they are built. */

/** Parts that every name of an environment is built from. */
export interface Named {
  readonly project: string;
  readonly name: string;
}

/** One registry: AWS keeps a single one for each account and Region. */
export interface RegistryAddress {
  readonly accountId: string;
  readonly region: string;
}

/** The layers of an environment that have a stack of their own. */
export type Layer = "bootstrap" | "security" | "network" | "compute";

/** Tags that every stack sets on its resources, so a file may not set them. */
export const reservedTags = ["Project", "Environment", "Layer", "ManagedBy"] as const;

/** Stack of a layer, e.g. `compute-dev`. */
export function stackName(layer: Layer, environment: Named): string {
  return `${layer}-${environment.name}`;
}

/** Stack of a registry, e.g. `registry-123456789012-us-east-1`. */
export function registryStackName({ accountId, region }: RegistryAddress): string {
  return `registry-${accountId}-${region}`;
}

/** What every name of an environment starts with, e.g. `myproject-dev`. */
export function namePrefix({ project, name }: Named): string {
  return `${project}-${name}`;
}

/** Name of a repository in ECR, e.g. `myproject-dev-web-app`. */
export function repositoryName(environment: Named, shortName: string): string {
  return `${namePrefix(environment)}-${shortName}`;
}

/** Alias of a key, e.g. `alias/myproject-prod-ecr`. */
export function keyAlias(environment: Named, purpose: "ecr" | "logs" | "secrets"): string {
  return `alias/${namePrefix(environment)}-${purpose}`;
}

/**
 * Name of a secret, e.g. `myproject-prod/db-password`. ECR wants the credentials of a pull-through cache below
 * `ecr-pullthroughcache/`, e.g. `ecr-pullthroughcache/myproject-prod-docker-hub`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-secret.html
 */
export function secretName(
  environment: Named,
  name: string,
  { pullThroughCache }: { readonly pullThroughCache: boolean },
): string {
  const prefix = namePrefix(environment);
  return pullThroughCache ? `ecr-pullthroughcache/${prefix}-${name}` : `${prefix}/${name}`;
}

/**
 * Log groups that EventBridge delivers to. EventBridge wants them below `/aws/events/`.
 * @see https://repost.aws/knowledge-center/cloudwatch-log-group-eventbridge
 */
export function eventLogGroupPrefix(environment: Named): string {
  return `/aws/events/${namePrefix(environment)}`;
}

/** Log group of the scan findings, e.g. `/aws/events/myproject-prod/ecr-scan-findings`. */
export function findingsLogGroup(environment: Named): string {
  return `${eventLogGroupPrefix(environment)}/ecr-scan-findings`;
}

/** Where the images of a repository are pulled from, e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app`. */
export function repositoryUri(environment: Named & RegistryAddress, shortName: string): string {
  const { accountId, region } = environment;
  return `${accountId}.dkr.ecr.${region}.${serviceDomain(region)}/${repositoryName(environment, shortName)}`;
}

/** Name of the EKS cluster, e.g. `myproject-dev`. */
export function clusterName(environment: Named): string {
  return namePrefix(environment);
}

/** Roles of EKS, e.g. `myproject-dev-eks-node`. */
export function eksRoleName(environment: Named, role: "cluster" | "node" | "fargate"): string {
  return `${namePrefix(environment)}-eks-${role}`;
}
