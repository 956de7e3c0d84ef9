import { maxRolePolicyLength } from "../../modules/ecr/access/identity-policy";
import { partitionOf } from "../../modules/iam/aws-partition";
import { policyDocument } from "../../modules/iam/policy-document";
import { maxRoleNameLength, roleName } from "../naming";
import type { UncheckedEcsService } from "../options/ecs";
import type { UncheckedEnvironment } from "../options/environment";
import {
  ecsExecutionRole,
  ecsServiceName,
  ecsTaskRole,
  secretsOfServices,
  startStatements,
} from "../plan/ecs";
import { secretArnShape } from "../plan/secrets";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked";
import { ecsServiceRules } from "./ecs-service";
import { cachesOf, identified, located } from "./sections";

/** Rules for ECS services, alone and with the rest of their environment. */
export function ecsRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const services = entriesIn(environment.ecs?.services);
  network(environment, services, context);
  if (environment.ecs !== undefined)
    roleFits(environment, ecsExecutionRole, "the execution role", context.at("ecs"));
  startPolicy(environment, services, context);
  for (const [name, service] of services) {
    const at = context.at("ecs", "services", name);
    ecsServiceRules(service, at);
    serviceName(name, at);
    roleFits(environment, ecsTaskRole(name), "the role of its containers", at);
    loadBalancer(environment, name, service, at.at("loadBalancer"));
    publicSubnets(environment, service, context);
  }
}

function network(
  { network: found }: UncheckedEnvironment,
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
  environment: UncheckedEnvironment,
  services: readonly [string, UncheckedEcsService][],
  { problem }: RuleContext,
): void {
  const place = located(environment);
  if (place === undefined) return;
  const { accountId, region } = place;
  const secrets = secretsOfServices(services.map(([, service]) => service));
  const statements = startStatements(
    { ...place, ecr: { pullThroughCache: Object.fromEntries(cachesOf(environment)) } },
    {
      secretArns: secrets.map((secret) => secretArnShape(environment, secret)),
      secretsKeyArn: `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${"0".repeat(36)}`,
    },
  );
  const { length } = policyDocument(statements);
  if (length > maxRolePolicyLength)
    problem(
      ["ecs", "services"],
      `${secrets.length} secrets`,
      `the policy of the role that starts tasks would have ${length} characters and IAM takes ${maxRolePolicyLength}; put values that belong together into one secret`,
    );
}

/** ECS accepts longer names with more characters, but IAM roles and load balancers are named after the service too. */
function serviceName(name: string, { problem }: RuleContext): void {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    problem(
      [],
      name,
      "the name of a service has lower-case letters and digits, with single hyphens between them; write for example web-app",
    );
}

function roleFits(
  environment: UncheckedEnvironment,
  purpose: string,
  what: string,
  { problem }: RuleContext,
): void {
  const identity = identified(environment);
  if (identity === undefined) return;
  const name = roleName(identity, purpose);
  if (name.length > maxRoleNameLength)
    problem(
      [],
      name,
      `${what} is called this, and IAM takes ${maxRoleNameLength} characters; shorten a part of it by ${name.length - maxRoleNameLength}`,
    );
}

function loadBalancer(
  environment: UncheckedEnvironment,
  name: string,
  { loadBalancer: options }: UncheckedEcsService,
  { problem }: RuleContext,
): void {
  if (typeof options !== "object" || options === null) return;
  const { region, accountId } = environment;
  const { certificateArn } = options;
  const [, place, owner] = /^arn:[^:]+:acm:([^:]+):(\d{12}):/.exec(String(certificateArn)) ?? [];
  // A value that is not an account or Region is reported by its shape.
  const known = accountId !== undefined && region !== undefined;
  if (known && place !== undefined && (place !== region || owner !== accountId))
    problem(
      ["certificateArn"],
      certificateArn,
      `a load balancer uses certificates of its own account and Region; use one of ${accountId} in ${region}`,
    );
  const identity = identified(environment);
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  if (identity !== undefined && ecsServiceName(identity, name).startsWith("internal-"))
    problem(
      [],
      identity.project,
      "the name of a load balancer does not begin with internal-; rename the project",
    );
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones */
function publicSubnets(
  { network: found }: UncheckedEnvironment,
  { loadBalancer: options }: UncheckedEcsService,
  { problem }: RuleContext,
): void {
  if (typeof options !== "object" || options === null) return;
  if (found?.kind === "existing" && (found.publicSubnetIds ?? []).length < 2)
    problem(
      ["network", "publicSubnetIds"],
      found.publicSubnetIds,
      "a load balancer stands in public subnets of two Availability Zones at least; add their ids",
    );
}
