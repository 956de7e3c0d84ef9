import { partitionOf } from "../modules/iam/aws-partition";

/** Names and tags. The only place that knows how they are built. */

/** What identifies an environment. Every name of the environment is built from it. */
export interface EnvironmentId {
  readonly project: string;
  readonly name: string;
}

/** One registry: AWS keeps a single one for each account and Region. */
export interface RegistryAddress {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Every layer, in the order of deployment. Types, the order of stacks and the choices of `--layer` follow from it; what a
 * layer depends on, and whether an environment has it, is in plan/stacks.ts.
 */
export const layers = ["bootstrap", "security", "network", "registry", "compute"] as const;

export type Layer = (typeof layers)[number];

/** Tags that every stack sets on its resources, so a file may not set them. */
export const reservedTags = ["Project", "Environment", "Layer", "ManagedBy"] as const;

/**
 * Tags of everything in a stack.
 *
 * @param environmentTag value of the tag Environment. @default - the name of the environment
 */
export function tagsOf(
  environment: EnvironmentId & { readonly tags: Readonly<Record<string, string>> },
  layer: string,
  environmentTag: string = environment.name,
): Record<string, string> {
  const { tags, project } = environment;
  return { ...tags, Project: project, Environment: environmentTag, Layer: layer, ManagedBy: "cdktf" };
}

/** Stack of a layer, e.g. `compute-dev`. */
export function stackName(layer: Exclude<Layer, "registry">, environment: EnvironmentId): string {
  return `${layer}-${environment.name}`;
}

/** Stack of a registry, e.g. `registry-123456789012-us-east-1`. */
export function registryStackName({ accountId, region }: RegistryAddress): string {
  return `registry-${accountId}-${region}`;
}

/** What every name of an environment starts with, e.g. `myproject-dev`. */
export function namePrefix({ project, name }: EnvironmentId): string {
  return `${project}-${name}`;
}

/** Name of a repository in ECR, e.g. `myproject-dev-web-app`. */
export function repositoryName(environment: EnvironmentId, shortName: string): string {
  return `${namePrefix(environment)}-${shortName}`;
}

/** Alias of a key, e.g. `alias/myproject-prod-ecr`. */
export function keyAlias(environment: EnvironmentId, purpose: "ecr" | "logs" | "secrets"): string {
  return `alias/${namePrefix(environment)}-${purpose}`;
}

/**
 * Name of a secret, e.g. `myproject-prod/db-password`. ECR wants the credentials of a pull-through cache below
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

/** Role with which ECR makes the repositories of caches, e.g. `myproject-prod-ecr-template`. */
export function templateRoleName(environment: EnvironmentId): string {
  return `${namePrefix(environment)}-ecr-template`;
}

/** ARN of that role, e.g. `arn:aws:iam::123456789012:role/myproject/prod/myproject-prod-ecr-template`. */
export function templateRoleArn(environment: EnvironmentId & RegistryAddress): string {
  const { accountId, region } = environment;
  return `arn:${partitionOf(region)}:iam::${accountId}:role${rolePath(environment)}${templateRoleName(environment)}`;
}

/** IAM's limit on the name of a role. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const maxRoleNameLength = 64;

/** Name of a role, e.g. `myproject-dev-ecs-execution`. */
export function roleName(environment: EnvironmentId, purpose: string): string {
  return `${namePrefix(environment)}-${purpose}`;
}

/**
 * IAM path of every role of an environment but those of pipelines, e.g. `/myproject/dev/`. A name can begin like the name
 * of a role that somebody else made; a path that ends with a slash is inside no other environment's path.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names
 */
export function rolePath({ project, name }: EnvironmentId): string {
  return `/${project}/${name}/`;
}

/** Role of pipelines, e.g. `myproject-prod-ci-plan` or `myproject-prod-ci-push-web-app`. */
export function ciRoleName(
  environment: EnvironmentId,
  purpose: "plan" | "deploy" | `push-${string}`,
): string {
  return roleName(environment, `ci-${purpose}`);
}

/** Policy of the role that deploys, for networks, e.g. `myproject-prod-ci-deploy-networks`. */
export function deployNetworksPolicyName(environment: EnvironmentId): string {
  return `${ciRoleName(environment, "deploy")}-networks`;
}

/** Role that writes the flow logs of the VPC, e.g. `myproject-prod-flow-logs`. */
export function flowLogRoleName(environment: EnvironmentId): string {
  return roleName(environment, "flow-logs");
}

/** Policy that bounds every role of an environment whose pipelines deploy, e.g. `myproject-prod-role-boundary`. */
export function roleBoundaryName(environment: EnvironmentId): string {
  return `${namePrefix(environment)}-role-boundary`;
}

/**
 * Log groups that EventBridge delivers to. EventBridge wants them below `/aws/events/`.
 * @see https://repost.aws/knowledge-center/cloudwatch-log-group-eventbridge
 */
export function eventLogGroupPrefix(environment: EnvironmentId): string {
  return `/aws/events/${namePrefix(environment)}`;
}

/** Log group of the scan findings, e.g. `/aws/events/myproject-prod/ecr-scan-findings`. */
export function findingsLogGroup(environment: EnvironmentId): string {
  return `${eventLogGroupPrefix(environment)}/ecr-scan-findings`;
}

/** Log group of completed pushes, e.g. `/aws/events/myproject-prod/ecr-image-pushes`. */
export function pushesLogGroup(environment: EnvironmentId): string {
  return `${eventLogGroupPrefix(environment)}/ecr-image-pushes`;
}

/** What the rules of EventBridge are for. */
export const eventRules = ["scan-findings", "image-pushes", "alerts"] as const;

/** Name of a rule, e.g. `myproject-prod-ecr-alerts`. The topic of alerts has the name of their rule. */
export function eventRuleName(environment: EnvironmentId, purpose: (typeof eventRules)[number]): string {
  return `${namePrefix(environment)}-ecr-${purpose}`;
}

/** Name of the dashboard, e.g. `myproject-prod-ecr`. */
export function dashboardName(environment: EnvironmentId): string {
  return `${namePrefix(environment)}-ecr`;
}

/** Namespace of the metrics that are counted from events, e.g. `myproject-prod/ECR`. */
export function metricNamespace(environment: EnvironmentId): string {
  return `${namePrefix(environment)}/ECR`;
}

/** What the names of the log groups of an environment's VPC begin with. */
export function vpcLogGroupPrefix(environment: EnvironmentId): string {
  return `/aws/vpc/${namePrefix(environment)}`;
}

/** Log group of the flow logs, e.g. `/aws/vpc/myproject-prod/flow-logs`. */
export function flowLogGroup(environment: EnvironmentId): string {
  return `${vpcLogGroupPrefix(environment)}/flow-logs`;
}
