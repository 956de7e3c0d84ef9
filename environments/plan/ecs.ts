import { secretValue } from "../../modules/ecs/container-definition";
import { startPermission } from "../../modules/ecs/task-roles";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { type EnvironmentId, namePrefix } from "../naming";
import { entriesIn, namesIn } from "../schema/unchecked";
import type { ConsumerKindPlan } from "./consumer-kind";
import { hasExec } from "./ecs-exec";
import { type CacheOwner, cacheArns } from "./pull-through-caches";
import { namePatterns, ownNames } from "./repository-names";

/** ECS services and scheduled tasks. */
export const ecsKind: ConsumerKindPlan = {
  collections: { services: "ECS service", scheduledTasks: "ECS scheduled task" },
  logGroupPrefix: ecsLogGroupPrefix,
  pipelineImages: true,
  parts: { collection: "containers", inherited: ["cpuArchitecture"] },
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
  endpoints: (environment) => (hasExec(environment) ? ["ssmmessages"] : []),
};

/** Purpose of the task execution role, which ECS assumes to start the tasks of an environment. */
export const ecsExecutionRole = "ecs-execution";

/** Purpose of the role that ECS assumes to shift the traffic of load balancers. */
export const ecsInfrastructureRole = "ecs-infrastructure";

/** Purpose of the task role of an ECS service or a scheduled task, which its containers assume. */
export function ecsTaskRole(service: string): string {
  return `ecs-task-${service}`;
}

/** Name of an ECS service or a scheduled task, its task definition and its other resources, e.g. `myproject-dev-web-app`. */
export function ecsServiceName(environment: EnvironmentId, service: string): string {
  return `${namePrefix(environment)}-${service}`;
}

/** Prefix of the log groups of an environment's ECS services, e.g. `/ecs/myproject-dev/`. */
export function ecsLogGroupPrefix(environment: EnvironmentId): string {
  return `/ecs/${namePrefix(environment)}/`;
}

/** Log group of an ECS service, e.g. `/ecs/myproject-dev/web-app`. */
export function ecsLogGroup(environment: EnvironmentId, service: string): string {
  return `${ecsLogGroupPrefix(environment)}${service}`;
}

/** Log group of the sessions of ECS Exec, e.g. `/ecs/myproject-dev/exec/sessions`. No service has a name with a slash. */
export function execLogGroup(environment: EnvironmentId): string {
  return `${ecsLogGroupPrefix(environment)}exec/sessions`;
}

/** Options of a container that name secrets, before validation. */
export interface ReadsSecrets {
  readonly secrets?: Readonly<Record<string, unknown>> | undefined;
  readonly logs?: { readonly secretOptions?: Readonly<Record<string, unknown>> | undefined } | undefined;
}

/** Name of the secret that a reference is to; `undefined` for what is none, which the schema reports. */
export function secretNamed(reference: unknown): string | undefined {
  const name =
    typeof reference === "object" && reference !== null && "secret" in reference
      ? reference.secret
      : reference;
  return typeof name === "string" ? name : undefined;
}

/**
 * What variables or log options refer to, by name: a secret, or one value of the JSON object in it.
 *
 * @param references before validation; the schema reports what is none
 * @param arnOf ARN of a secret, by its name in the environment file
 */
export function secretValues(references: unknown, arnOf: (secret: string) => string): Record<string, string> {
  const values = (namesIn(references) ?? []).flatMap((name): [string, string][] => {
    const reference = (references as Readonly<Record<string, unknown>>)[name];
    const secret = secretNamed(reference);
    if (secret === undefined) return [];
    const hasKey = typeof reference === "object" && reference !== null && "key" in reference;
    return [[name, secretValue(arnOf(secret), hasKey ? String(reference.key) : undefined)]];
  });
  return Object.fromEntries(values);
}

/** Names of the secrets that services read, sorted and without duplicates. */
export function secretsOfServices(
  services: readonly (ReadsSecrets & {
    readonly containers?: Readonly<Record<string, ReadsSecrets | undefined>> | undefined;
  })[],
): string[] {
  const names = services
    .flatMap((service) => [service, ...entriesIn(service.containers).map(([, sidecar]) => sidecar)])
    .flatMap(({ secrets, logs }) => [
      ...Object.values(secrets ?? {}),
      ...Object.values(logs?.secretOptions ?? {}),
    ])
    .flatMap((reference) => secretNamed(reference) ?? []);
  return [...new Set(names)].toSorted();
}

/** Everything of which ECS starts containers, services and scheduled tasks, by name. No name is in both. */
export function taskOptionsIn<S, T>({
  services,
  scheduledTasks,
}: {
  readonly services: Readonly<Record<string, S>>;
  readonly scheduledTasks: Readonly<Record<string, T>>;
}): [string, S | T][] {
  return [...Object.entries(services), ...Object.entries(scheduledTasks)];
}

/** What ECS reads when tasks start, besides the environment's own images. */
export interface StartReads {
  readonly secretArns: readonly string[];
  /** ARN of the key that encrypts the secrets. Required if there are secrets. */
  readonly secretsKeyArn?: string;
  /** ARNs of the repositories of other accounts that services run images of. @default - none */
  readonly otherRepositoryArns?: readonly string[];
}

/** The policy of the task execution role. Rules check its length, and the security layer creates it. */
export function startStatements(environment: CacheOwner, reads: StartReads): Statement[] {
  const { accountId, region } = environment;
  return startPermission(
    { partition: partitionOf(region), accountId, region },
    {
      ...reads,
      repositoryPatterns: namePatterns(ownNames(environment)),
      cacheArns: cacheArns(environment),
      logGroupPrefix: ecsLogGroupPrefix(environment),
    },
  );
}
