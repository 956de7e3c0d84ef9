import { maxRolePolicyLength } from "../../modules/ecr/access/identity-policy";
import { repositoryArn } from "../../modules/ecr/repository-address";
import { startPermission } from "../../modules/ecs/task-roles";
import { partitionOf } from "../../modules/iam/aws-partition";
import { policyDocument } from "../../modules/iam/policy-document";
import {
  ecsExecutionRole,
  ecsLogGroupPrefix,
  ecsServiceName,
  ecsTaskRole,
  maxRoleNameLength,
  repositoryName,
  roleName,
} from "../naming";
import type { EcsServiceCandidate } from "../options/ecs";
import type { EnvironmentCandidate } from "../options/environment";
import { knownSecrets } from "../options/variables";
import { cachesOf } from "../plan/pull-through-caches";
import { secretArnShape } from "../plan/secrets";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked-map";

/** Rules between ECS services and the rest of their environment. */
export function ecsRules(environment: EnvironmentCandidate, context: RuleContext): void {
  const services = servicesOf(environment);
  network(environment, services, context);
  if (environment.ecs !== undefined)
    roleFits(["ecs"], roleOf(environment, ecsExecutionRole), "the execution role", context);
  startPolicy(environment, services, context);
  for (const [name, service] of services) {
    const at = ["ecs", "services", name];
    serviceName(environment, name, at, context);
    loadBalancer(environment, name, service, at, context);
    knownSecrets(environment, service, at, context);
  }
}

function servicesOf({ ecs }: EnvironmentCandidate): [string, EcsServiceCandidate][] {
  return entriesIn(ecs?.services);
}

function network(
  { network: found }: EnvironmentCandidate,
  services: readonly unknown[],
  { problem }: RuleContext,
): void {
  if (services.length > 0 && found === undefined)
    problem(
      ["network"],
      found,
      'ECS services run in a network; add network: { kind: "own", … } or { kind: "existing", … }',
    );
}

/** The execution role reads the secrets of all services, and its policy is inline. */
function startPolicy(
  environment: EnvironmentCandidate,
  services: readonly [string, EcsServiceCandidate][],
  { problem }: RuleContext,
): void {
  const { project, name, region, accountId } = environment;
  // Each of these is reported by its own shape.
  if (typeof project !== "string" || typeof name !== "string") return;
  if (typeof region !== "string" || typeof accountId !== "string") return;
  const secrets = services.flatMap(([, service]) =>
    Object.values(service.secrets ?? {}).filter((secret) => typeof secret === "string"),
  );
  const distinct = [...new Set(secrets)];
  const user = { partition: partitionOf(region), accountId, region };
  const { length } = policyDocument(
    startPermission(user, {
      repositoryPrefix: repositoryName({ project, name }, ""),
      cacheArns: cachesOf(environment).map(([cache]) =>
        repositoryArn({ name: `${repositoryName({ project, name }, cache)}/*`, accountId, region }),
      ),
      logGroupPrefix: ecsLogGroupPrefix({ project, name }),
      secretArns: distinct.map((secret) => secretArnShape(environment, secret)),
      secretsKeyArn: `arn:${user.partition}:kms:${region}:${accountId}:key/${"0".repeat(36)}`,
    }),
  );
  if (length > maxRolePolicyLength)
    problem(
      ["ecs", "services"],
      `${distinct.length} secrets`,
      `the policy of the role that starts tasks would have ${length} characters and IAM takes ${maxRolePolicyLength}; put values that belong together into one secret`,
    );
}

/** Names of ECS are longer and laxer, but the names of IAM and of load balancers are built from this one too. */
function serviceName(
  environment: EnvironmentCandidate,
  name: string,
  at: readonly PropertyKey[],
  context: RuleContext,
): void {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    context.problem(
      at,
      name,
      "the name of a service has lower-case letters and digits, with single hyphens between them; write for example web-app",
    );
  roleFits(at, roleOf(environment, ecsTaskRole(name)), "the role of its containers", context);
}

function roleFits(
  at: readonly PropertyKey[],
  name: string | undefined,
  what: string,
  { problem }: RuleContext,
): void {
  if (name !== undefined && name.length > maxRoleNameLength)
    problem(
      at,
      name,
      `${what} is called this, and IAM takes ${maxRoleNameLength} characters; shorten a part of it by ${name.length - maxRoleNameLength}`,
    );
}

function roleOf({ project, name }: EnvironmentCandidate, purpose: string): string | undefined {
  return typeof project === "string" && typeof name === "string"
    ? roleName({ project, name }, purpose)
    : undefined;
}

function loadBalancer(
  { project, name: environmentName, region, accountId, network: from }: EnvironmentCandidate,
  name: string,
  { loadBalancer: options }: EcsServiceCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  if (typeof options !== "object" || options === null) return;
  const { certificateArn } = options;
  const [, place, owner] = /^arn:[^:]+:acm:([^:]+):(\d{12}):/.exec(String(certificateArn)) ?? [];
  // What is no account or Region is reported by its shape.
  const known = accountId !== undefined && region !== undefined;
  if (known && place !== undefined && (place !== region || owner !== accountId))
    problem(
      [...at, "loadBalancer", "certificateArn"],
      certificateArn,
      `a load balancer uses certificates of its own account and Region; use one of ${accountId} in ${region}`,
    );
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones
  if (from?.kind === "existing" && (from.publicSubnetIds ?? []).length < 2)
    problem(
      ["network", "publicSubnetIds"],
      from.publicSubnetIds,
      "a load balancer stands in public subnets of two Availability Zones at least; add their ids",
    );
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  if (
    typeof project === "string" &&
    typeof environmentName === "string" &&
    ecsServiceName({ project, name: environmentName }, name).startsWith("internal-")
  )
    problem(
      [...at, "loadBalancer"],
      project,
      "the name of a load balancer does not begin with internal-; rename the project",
    );
}
