import { allowLogin, allowPull } from "../ecr/access/identity-policy";
import { cachePermission } from "../ecr/cache/cache-permission";
import type { AccountRegion } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";
import { readSecrets } from "../secrets/secret-read";

/** Service that takes on the roles of tasks: the execution role to start them, the task role for their containers. */
export const taskService = "ecs-tasks.amazonaws.com";

/**
 * Only ECS of this account and Region takes on a role of its tasks.
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

/** What tasks are started with. */
export interface TaskStart {
  /** What the names of the repositories begin with, e.g. `myproject-dev-`. */
  readonly repositoryPrefix: string;
  /** ARNs of what pull-through caches hold. Empty: there is none. */
  readonly cacheArns: readonly string[];
  /** What the names of the log groups begin with, e.g. `/ecs/myproject-dev/`. */
  readonly logGroupPrefix: string;
  /** ARNs of the secrets that variables of containers take their values from. */
  readonly secretArns: readonly string[];
  /** ARN of the key that encrypts these secrets. Required where there are any. */
  readonly secretsKeyArn?: string;
}

/**
 * What ECS needs to start tasks: pull images, write to log groups that exist, and read the secrets that variables of
 * containers name. AWS's own policy for this role allows every repository and log group of the account.
 *
 * @throws Error when there are secrets and no key
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function startPermission(account: AccountRegion, start: TaskStart): Statement[] {
  const { partition, accountId, region } = account;
  const { repositoryPrefix, cacheArns, logGroupPrefix } = start;
  return [
    allowLogin("GetToken"),
    allowPull([`arn:${partition}:ecr:${region}:${accountId}:repository/${repositoryPrefix}*`]),
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
    throw new Error("tasks read secrets, and no key that encrypts them is given");
  return readSecrets({ region, secretArns, secretsKeyArn });
}
