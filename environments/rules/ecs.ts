import { maxRolePolicyLength } from "../../modules/ecr/access/identity-policy";
import { partitionOf } from "../../modules/iam/aws-partition";
import { policyDocument } from "../../modules/iam/policy-document";
import { maxRoleNameLength, roleName } from "../naming";
import type { UncheckedEcsService } from "../options/ecs";
import type { UncheckedEnvironment } from "../options/environment";
import { ecsExecutionRole, ecsTaskRole, secretsOfServices, startStatements } from "../plan/ecs";
import { cachedImage } from "../plan/pull-through-caches";
import { ownNames } from "../plan/repository-names";
import { secretArnShape } from "../plan/secrets";
import type { RuleContext } from "../schema/rule";
import { entriesIn, namesIn } from "../schema/unchecked";
import { certificateRules, loadBalancerRules } from "./ecs-load-balancer";
import { ecsServiceRules } from "./ecs-service";
import { sharedLoadBalancerRules } from "./ecs-shared-load-balancers";
import { environmentAddressOf, environmentIdOf } from "./sections";
import { taskDefinitionSize } from "./task-definition-size";

/** Rules for ECS services, and between them and the rest of their environment. */
export function ecsRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const services = entriesIn(environment.ecs?.services);
  network(environment, services, context);
  if (environment.ecs !== undefined)
    roleNameLength(environment, ecsExecutionRole, "the execution role", context.at("ecs"));
  executionPolicy(environment, services, context);
  for (const [name, service] of services) {
    const at = context.at("ecs", "services", name);
    ecsServiceRules(name, service, at);
    serviceName(name, at);
    roleNameLength(environment, ecsTaskRole(name), "the task role", at);
    ownLoadBalancer(environment, name, service, context);
    taskDefinitionSize(environment, name, service, at);
    pipelineImage(environment, service, at.at("image"));
  }
  sharedLoadBalancerRules(environment, services, context);
}

function network(
  { network: given, ecs }: UncheckedEnvironment,
  services: readonly unknown[],
  { problem }: RuleContext,
): void {
  if (services.length === 0 && entriesIn(ecs?.loadBalancers).length > 0 && given === undefined)
    problem(
      ["network"],
      given,
      'load balancers need a network; add network: { kind: "own", … } or { kind: "existing", … }',
    );
  if (services.length > 0 && given === undefined)
    problem(
      ["network"],
      given,
      'ECS services need a network; add network: { kind: "own", … } or { kind: "existing", … }',
    );
}

/** The execution role reads the secrets of all services, and the length of its inline policy is limited. */
function executionPolicy(
  environment: UncheckedEnvironment,
  services: readonly [string, UncheckedEcsService][],
  { problem }: RuleContext,
): void {
  const address = environmentAddressOf(environment);
  if (address === undefined || environment.ecs === undefined) return;
  const { accountId, region } = address;
  const secrets = secretsOfServices(services.map(([, service]) => service));
  const statements = startStatements(address, {
    secretArns: secrets.map((secret) => secretArnShape(environment, secret)),
    secretsKeyArn: `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${"0".repeat(36)}`,
  });
  const { length } = policyDocument(statements);
  const { names } = ownNames(address);
  if (length > maxRolePolicyLength)
    problem(
      ["ecs", "services"],
      `${secrets.length} secrets${names.length === 0 ? "" : ` and ${names.length} repositories that are named one by one`}`,
      `the policy of the execution role would have ${length} characters, and IAM allows ${maxRolePolicyLength}; ${names.length === 0 ? "combine related values in one secret" : "use repository names that start with the text before {name} in naming.repository, or combine related values in one secret"}`,
    );
}

/** ECS allows longer names and more characters, but IAM roles and load balancers are also named after the service. */
function serviceName(name: string, { problem }: RuleContext): void {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    problem(
      [],
      name,
      "a service name has lowercase letters and digits, with single hyphens between them; use a name such as web-app",
    );
}

function roleNameLength(
  environment: UncheckedEnvironment,
  purpose: string,
  what: string,
  { problem }: RuleContext,
): void {
  const identity = environmentIdOf(environment);
  if (identity === undefined) return;
  const name = roleName(identity, purpose);
  if (name.length > maxRoleNameLength)
    problem(
      [],
      name,
      `this would be the name of ${what}, and IAM role names have at most ${maxRoleNameLength} characters; shorten a part of it by ${name.length - maxRoleNameLength}`,
    );
}

function ownLoadBalancer(
  environment: UncheckedEnvironment,
  name: string,
  { loadBalancer: options }: UncheckedEcsService,
  context: RuleContext,
): void {
  if (typeof options !== "object" || options === null) return;
  const at = context.at("ecs", "services", name, "loadBalancer");
  certificateRules(environment, options.certificateArn, ["certificateArn"], at);
  loadBalancerRules(environment, name, options, at, context);
}

/** The command looks an image up in ECR, and waits for its scan. */
function pipelineImage(
  { ecr }: UncheckedEnvironment,
  { image }: UncheckedEcsService,
  { problem }: RuleContext,
): void {
  const { managedBy, repository } = image ?? {};
  const names = namesIn(ecr?.repositories);
  if (managedBy !== "pipeline" || names === undefined || typeof repository !== "string") return;
  if (
    !names.includes(repository) &&
    cachedImage(repository, namesIn(ecr?.pullThroughCache) ?? []) !== undefined
  )
    problem(
      ["managedBy"],
      managedBy,
      "a pipeline deploys images of ecr.repositories, and this one comes from a cache; remove managedBy, or push the image to a repository",
    );
}
