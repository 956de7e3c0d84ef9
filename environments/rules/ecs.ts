import { maxRolePolicyLength } from "../../modules/ecr/access/identity-policy";
import { partitionOf } from "../../modules/iam/aws-partition";
import { policyDocument } from "../../modules/iam/policy-document";
import type { UncheckedEcsService } from "../options/ecs";
import type { UncheckedScheduledTask } from "../options/ecs-scheduled-task";
import type { UncheckedEnvironment } from "../options/environment";
import {
  ecsExecutionRole,
  ecsInfrastructureRole,
  ecsTaskRole,
  secretsOfServices,
  startStatements,
} from "../plan/ecs";
import { needsInfrastructureRole } from "../plan/ecs-deployment";
import { ownFileSystems } from "../plan/ecs-volume";
import { otherRepositoryArns } from "../plan/other-registries";
import { cachedImage } from "../plan/pull-through-caches";
import { ownNames } from "../plan/repository-names";
import { secretArnShape } from "../plan/secrets";
import { hyphenatedName } from "../schema/hyphenated-name";
import type { RuleContext } from "../schema/rule";
import { entriesIn, namesIn } from "../schema/unchecked";
import { certificateRules, loadBalancerRules } from "./ecs-load-balancer";
import { roleNameLength } from "./ecs-role-name";
import { scheduledTaskRules } from "./ecs-scheduled-task";
import { ecsServiceRules } from "./ecs-service";
import { serviceConnectRules } from "./ecs-service-connect";
import { sharedLoadBalancerRules } from "./ecs-shared-load-balancers";
import { fileSystemRules, volumeRules } from "./ecs-volumes";
import { environmentAddressOf } from "./sections";
import { taskDefinitionSize } from "./task-definition-size";

/** Rules for ECS services and scheduled tasks, and between them and the rest of their environment. */
export function ecsRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const services = entriesIn(environment.ecs?.services);
  const tasks = entriesIn(environment.ecs?.scheduledTasks);
  network(environment, services, tasks, context);
  if (environment.ecs !== undefined)
    roleNameLength(environment, ecsExecutionRole, "the execution role", context.at("ecs"));
  if (needsInfrastructureRole(environment.ecs))
    roleNameLength(environment, ecsInfrastructureRole, "the role that shifts traffic", context.at("ecs"));
  executionPolicy(environment, [...services, ...tasks], context);
  fileSystemRules(environment, context);
  scheduledTaskRules(environment, context);
  serviceConnectRules(services, context.at("ecs", "services"));
  for (const [name, service] of services) {
    const at = context.at("ecs", "services", name);
    ecsServiceRules(name, service, at);
    serviceName(name, at);
    volumeRules(environment, service, at);
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
  tasks: readonly unknown[],
  { problem }: RuleContext,
): void {
  const runs = services.length + tasks.length > 0;
  const idle = [
    ...(entriesIn(ecs?.loadBalancers).length > 0 ? ["load balancers"] : []),
    ...(ownFileSystems(ecs).length > 0 ? ["file systems"] : []),
  ];
  if (!runs && idle.length > 0 && given === undefined)
    problem(
      ["network"],
      given,
      `${idle.join(" and ")} need a network; add network: { kind: "own", … } or { kind: "existing", … }`,
    );
  if (runs && given === undefined)
    problem(
      ["network"],
      given,
      `${services.length > 0 ? "ECS services" : "scheduled tasks"} need a network; add network: { kind: "own", … } or { kind: "existing", … }`,
    );
}

/** The execution role reads the secrets of all services and scheduled tasks, and the length of its inline policy is limited. */
function executionPolicy(
  environment: UncheckedEnvironment,
  tasks: readonly [string, UncheckedEcsService | UncheckedScheduledTask][],
  { problem }: RuleContext,
): void {
  const address = environmentAddressOf(environment);
  if (address === undefined || environment.ecs === undefined) return;
  const { accountId, region } = address;
  const secrets = secretsOfServices(tasks.map(([, options]) => options));
  const others = otherRepositoryArns(environment, ["ecs"]);
  const statements = startStatements(address, {
    otherRepositoryArns: others,
    secretArns: secrets.map((secret) => secretArnShape(environment, secret)),
    secretsKeyArn: `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${"0".repeat(36)}`,
  });
  const { length } = policyDocument(statements);
  const { names } = ownNames(address);
  if (length > maxRolePolicyLength)
    problem(
      ["ecs", "services"],
      `${secrets.length} secrets${names.length + others.length === 0 ? "" : ` and ${names.length + others.length} repositories that are named one by one`}`,
      `the policy of the execution role would have ${length} characters, and IAM allows ${maxRolePolicyLength}; ${names.length === 0 ? "combine related values in one secret" : "use repository names that start with the text before {name} in naming.repository, or combine related values in one secret"}`,
    );
}

/** ECS allows longer names and more characters, but IAM roles and load balancers are also named after the service. */
function serviceName(name: string, { problem }: RuleContext): void {
  if (!hyphenatedName.test(name))
    problem(
      [],
      name,
      "a service name has lowercase letters and digits, with single hyphens between them; use a name such as web-app",
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
