import { maxRolePolicyLength } from "../../modules/ecr/access/identity-policy";
import { partitionOf } from "../../modules/iam/aws-partition";
import { policyDocument } from "../../modules/iam/policy-document";
import type { UncheckedEcsService } from "../options/ecs";
import type { UncheckedScheduledTask } from "../options/ecs-scheduled-task";
import type { UncheckedEnvironment } from "../options/environment";
import {
  ecsExecutionRole,
  ecsServiceName,
  ecsTaskRole,
  secretsOfServices,
  startStatements,
} from "../plan/ecs";
import { otherRepositoryArns } from "../plan/other-registries";
import { cachedImage } from "../plan/pull-through-caches";
import { ownNames } from "../plan/repository-names";
import { secretArnShape } from "../plan/secrets";
import type { RuleContext } from "../schema/rule";
import { entriesIn, namesIn } from "../schema/unchecked";
import { roleNameLength } from "./ecs-role-name";
import { scheduledTaskRules } from "./ecs-scheduled-task";
import { ecsServiceRules } from "./ecs-service";
import { serviceConnectRules } from "./ecs-service-connect";
import { environmentAddressOf, environmentIdOf } from "./sections";
import { taskDefinitionSize } from "./task-definition-size";

/** Rules for ECS services and scheduled tasks, and between them and the rest of their environment. */
export function ecsRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const services = entriesIn(environment.ecs?.services);
  const tasks = entriesIn(environment.ecs?.scheduledTasks);
  network(environment, services, tasks, context);
  if (environment.ecs !== undefined)
    roleNameLength(environment, ecsExecutionRole, "the execution role", context.at("ecs"));
  executionPolicy(environment, [...services, ...tasks], context);
  scheduledTaskRules(environment, context);
  serviceConnectRules(services, context.at("ecs", "services"));
  for (const [name, service] of services) {
    const at = context.at("ecs", "services", name);
    ecsServiceRules(name, service, at);
    serviceName(name, at);
    roleNameLength(environment, ecsTaskRole(name), "the task role", at);
    loadBalancer(environment, name, service, at.at("loadBalancer"));
    publicSubnets(environment, service, context);
    taskDefinitionSize(environment, name, service, at);
    pipelineImage(environment, service, at.at("image"));
  }
}

function network(
  { network: given }: UncheckedEnvironment,
  services: readonly unknown[],
  tasks: readonly unknown[],
  { problem }: RuleContext,
): void {
  if (services.length + tasks.length > 0 && given === undefined)
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
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    problem(
      [],
      name,
      "a service name has lowercase letters and digits, with single hyphens between them; use a name such as web-app",
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
  const [, certificateRegion, certificateAccount] =
    /^arn:[^:]+:acm:([^:]+):(\d{12}):/.exec(String(certificateArn)) ?? [];
  // The schema reports a value that is not an account or Region.
  const known = accountId !== undefined && region !== undefined;
  if (
    known &&
    certificateRegion !== undefined &&
    (certificateRegion !== region || certificateAccount !== accountId)
  )
    problem(
      ["certificateArn"],
      certificateArn,
      `a load balancer needs a certificate in its own account and Region; use a certificate of ${accountId} in ${region}`,
    );
  const identity = environmentIdOf(environment);
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  if (identity !== undefined && ecsServiceName(identity, name).startsWith("internal-"))
    problem([], identity.project, "a load balancer name cannot start with internal-; rename the project");
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones */
function publicSubnets(
  { network: given }: UncheckedEnvironment,
  { loadBalancer: options }: UncheckedEcsService,
  { problem }: RuleContext,
): void {
  if (typeof options !== "object" || options === null) return;
  if (given?.kind === "existing" && (given.publicSubnetIds ?? []).length < 2)
    problem(
      ["network", "publicSubnetIds"],
      given.publicSubnetIds,
      "a load balancer needs public subnets in at least two Availability Zones; add their IDs",
    );
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
