import { allowLogin, allowPull } from "../ecr/access/identity-policy";
import { cachePermission } from "../ecr/cache/cache-permission";
import type { AccountRegion } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";
import { readSecrets } from "../secrets/secret-read";

/**
 * Service principal that assumes the roles of tasks: the execution role to start them, the task role for their
 * containers.
 */
export const taskService = "ecs-tasks.amazonaws.com";

/**
 * Condition that only ECS in this account and Region may assume the roles of its tasks.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export function taskTrust({
  partition,
  accountId,
  region,
}: AccountRegion): NonNullable<Statement["Condition"]> {
  return {
    ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${accountId}:*` },
    StringEquals: { "aws:SourceAccount": accountId },
  };
}

/** What ECS needs to start tasks. */
export interface TaskStart {
  /** Names of the repositories, e.g. `myproject-dev-*`. */
  readonly repositoryPatterns: readonly string[];
  /** ARNs of repositories in the registries of other accounts. @default - none */
  readonly otherRepositoryArns?: readonly string[];
  /** ARNs of the repositories of pull-through caches. Empty: there are no caches. */
  readonly cacheArns: readonly string[];
  /** Prefix of the log group names, e.g. `/ecs/myproject-dev/`. */
  readonly logGroupPrefix: string;
  /** ARNs of the secrets that environment variables of containers get their values from. */
  readonly secretArns: readonly string[];
  /** ARN of the KMS key that encrypts these secrets. Required if there are any. */
  readonly secretsKeyArn?: string;
}

/**
 * Permissions of the task execution role: pull images, write to existing log groups, and read the secrets that
 * environment variables of containers refer to. The AWS managed policy for this role allows every repository and log
 * group in the account.
 *
 * @throws Error when there are secrets and no key
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function startPermission(account: AccountRegion, start: TaskStart): Statement[] {
  const { partition, accountId, region } = account;
  const { repositoryPatterns, otherRepositoryArns = [], cacheArns, logGroupPrefix } = start;
  const arn = (name: string) => `arn:${partition}:ecr:${region}:${accountId}:repository/${name}`;
  const repositories = [...repositoryPatterns.map(arn), ...otherRepositoryArns];
  return [
    allowLogin("GetToken"),
    ...(repositories.length === 0 ? [] : [allowPull(repositories)]),
    ...cachePermission(cacheArns),
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupPrefix}*:*`,
    },
    ...secretPermission(account, start),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function secretPermission({ region }: AccountRegion, { secretArns, secretsKeyArn }: TaskStart): Statement[] {
  if (secretArns.length === 0) return [];
  if (secretsKeyArn === undefined)
    throw new Error("reading secrets needs the key that encrypts them; pass secretsKeyArn");
  return readSecrets({ region, secretArns, secretsKeyArn });
}
