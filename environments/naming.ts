import { partitionOf } from "../modules/iam/aws-partition";

/** Names and tags. Only this file defines how they are built; those of repositories are in plan/repository-names.ts. */

/** Identifies an environment. Every name in the environment is derived from it. */
export interface EnvironmentId {
  readonly project: string;
  readonly name: string;
}

/** One registry. An AWS account has one in each Region. */
export interface RegistryAddress {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Every layer, in deployment order. The layer types, the order of stacks and the values of `--layer` are derived from
 * it; plan/stacks.ts defines whether an environment has a layer.
 */
export const layers = ["bootstrap", "security", "network", "replicas", "registry", "compute"] as const;

export type Layer = (typeof layers)[number];

/** Names of the tags that every stack sets on its resources, unless `tagNames` in the file changes them. */
export const defaultTagNames = {
  project: "Project",
  environment: "Environment",
  layer: "Layer",
  managedBy: "ManagedBy",
} as const;

/** A name for each tag that every stack sets. */
export type TagNames = Readonly<Record<keyof typeof defaultTagNames, string>>;

/** An environment and the names of its tags. */
type TaggedEnvironment = EnvironmentId & { readonly tagNames: TagNames };

/**
 * The tags by which IAM policies recognize the resources of an environment.
 *
 * @param environmentTag value of the environment's tag. @default - the name of the environment
 */
export function identifyingTags(
  { project, name, tagNames }: TaggedEnvironment,
  environmentTag: string = name,
): Record<string, string> {
  return { [tagNames.project]: project, [tagNames.environment]: environmentTag };
}

/**
 * Tags of all resources in a stack.
 *
 * @param environmentTag value of the environment's tag. @default - the name of the environment
 */
export function tagsOf(
  environment: TaggedEnvironment & { readonly tags: Readonly<Record<string, string>> },
  layer: string,
  environmentTag?: string,
): Record<string, string> {
  const { tags, tagNames } = environment;
  return {
    ...tags,
    ...identifyingTags(environment, environmentTag),
    [tagNames.layer]: layer,
    [tagNames.managedBy]: "cdktf",
  };
}

/** Name of a layer's stack, e.g. `compute-dev`. */
export function stackName(layer: Exclude<Layer, "registry">, environment: EnvironmentId): string {
  return `${layer}-${environment.name}`;
}

/** Name of one of the stacks that share the repositories of an environment, e.g. `compute-dev-1`. */
export function shardStackName(environment: EnvironmentId, number: number): string {
  return `${stackName("compute", environment)}-${number}`;
}

/** Name of a registry's stack, e.g. `registry-123456789012-us-east-1`. */
export function registryStackName({ accountId, region }: RegistryAddress): string {
  return `registry-${accountId}-${region}`;
}

/** Prefix of every name in an environment except those of repositories, e.g. `myproject-dev`. */
export function namePrefix({ project, name }: EnvironmentId): string {
  return `${project}-${name}`;
}

/** Alias of a key, e.g. `alias/myproject-prod-ecr`. The keys of replicas have the alias `ecr` in their Regions. */
export function keyAlias(environment: EnvironmentId, purpose: "ecr" | "logs" | "secrets"): string {
  return `alias/${namePrefix(environment)}-${purpose}`;
}

/**
 * Name of a secret, e.g. `myproject-prod/db-password`. ECR requires the credentials of a pull-through cache under
 * `ecr-pullthroughcache/`, e.g. `ecr-pullthroughcache/myproject-prod-docker-hub`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-secret.html
 */
export function secretName(
  environment: EnvironmentId,
  name: string,
  { pullThroughCache }: { readonly pullThroughCache: boolean },
): string {
  const prefix = namePrefix(environment);
  return pullThroughCache ? `ecr-pullthroughcache/${prefix}-${name}` : `${prefix}/${name}`;
}

/** Name of the role that ECR assumes to create repositories from templates, e.g. `myproject-prod-ecr-template`. */
export function templateRoleName(environment: EnvironmentId): string {
  return `${namePrefix(environment)}-ecr-template`;
}

/** ARN of that role, e.g. `arn:aws:iam::123456789012:role/myproject/prod/myproject-prod-ecr-template`. */
export function templateRoleArn(environment: EnvironmentId & RegistryAddress): string {
  const { accountId, region } = environment;
  return `arn:${partitionOf(region)}:iam::${accountId}:role${rolePath(environment)}${templateRoleName(environment)}`;
}

/** Maximum length of an IAM role name. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const maxRoleNameLength = 64;

/** Name of a role, e.g. `myproject-dev-ecs-execution`. */
export function roleName(environment: EnvironmentId, purpose: string): string {
  return `${namePrefix(environment)}-${purpose}`;
}

/**
 * IAM path of every role in an environment except pipeline roles, e.g. `/myproject/dev/`. A name prefix can also match
 * roles that others created; a path that ends with a slash never matches the path of another environment.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names
 */
export function rolePath({ project, name }: EnvironmentId): string {
  return `/${project}/${name}/`;
}

/** Name of a pipeline role, e.g. `myproject-prod-ci-plan` or `myproject-prod-ci-push-web-app`. */
export function ciRoleName(
  environment: EnvironmentId,
  purpose: "plan" | "deploy" | `push-${string}`,
): string {
  return roleName(environment, `ci-${purpose}`);
}

/** Name of a managed policy of the deploy role, e.g. `myproject-prod-ci-deploy-networks`. */
export function deployPolicyName(
  environment: EnvironmentId,
  purpose: "networks" | "replicas" | "service-connect" | "alarms" | "files",
): string {
  return `${ciRoleName(environment, "deploy")}-${purpose}`;
}

/** Name of the role that writes the flow logs of the VPC, e.g. `myproject-prod-flow-logs`. */
export function flowLogRoleName(environment: EnvironmentId): string {
  return roleName(environment, "flow-logs");
}

/**
 * Name of the permissions boundary for every role in an environment that pipelines deploy, e.g.
 * `myproject-prod-role-boundary`.
 */
export function roleBoundaryName(environment: EnvironmentId): string {
  return `${namePrefix(environment)}-role-boundary`;
}

/** ARN of the permissions boundary for the roles of an environment that pipelines deploy. */
export function roleBoundaryArn(environment: EnvironmentId & RegistryAddress): string {
  const { accountId, region } = environment;
  return `arn:${partitionOf(region)}:iam::${accountId}:policy/${roleBoundaryName(environment)}`;
}

/**
 * Prefix of the log groups that EventBridge delivers to. EventBridge requires names under `/aws/events/`.
 * @see https://repost.aws/knowledge-center/cloudwatch-log-group-eventbridge
 */
export function eventLogGroupPrefix(environment: EnvironmentId): string {
  return `/aws/events/${namePrefix(environment)}`;
}

/** Log group for scan findings, e.g. `/aws/events/myproject-prod/ecr-scan-findings`. */
export function findingsLogGroup(environment: EnvironmentId): string {
  return `${eventLogGroupPrefix(environment)}/ecr-scan-findings`;
}

/** Log group for completed pushes, e.g. `/aws/events/myproject-prod/ecr-image-pushes`. */
export function pushesLogGroup(environment: EnvironmentId): string {
  return `${eventLogGroupPrefix(environment)}/ecr-image-pushes`;
}

/** Purposes of the EventBridge rules. */
export const eventRules = ["scan-findings", "image-pushes", "alerts"] as const;

/** Name of an EventBridge rule, e.g. `myproject-prod-ecr-alerts`. The alert topic has the same name as its rule. */
export function eventRuleName(environment: EnvironmentId, purpose: (typeof eventRules)[number]): string {
  return `${namePrefix(environment)}-ecr-${purpose}`;
}

/** Name of the dashboard, e.g. `myproject-prod-ecr`. */
export function dashboardName(environment: EnvironmentId): string {
  return `${namePrefix(environment)}-ecr`;
}

/** Namespace of the metrics that are created from events, e.g. `myproject-prod/ECR`. */
export function metricNamespace(environment: EnvironmentId): string {
  return `${namePrefix(environment)}/ECR`;
}

/** Prefix of the log groups of an environment's VPC. */
export function vpcLogGroupPrefix(environment: EnvironmentId): string {
  return `/aws/vpc/${namePrefix(environment)}`;
}

/** Log group for the flow logs, e.g. `/aws/vpc/myproject-prod/flow-logs`. */
export function flowLogGroup(environment: EnvironmentId): string {
  return `${vpcLogGroupPrefix(environment)}/flow-logs`;
}
