import type { AccountConnection } from "../../ecr/account-connection";
import { collect } from "../../imports/lookup";
import type { FoundOther, FoundRepository } from "../found/found-registry";
import { remedyOfType } from "../found/unmanaged";
import type { OptionalReads } from "./optional-reads";

/** Names in a note. A registry can have hundreds of consumers. */
const shown = 10;

/**
 * What an account has around its images that this project makes under names of its own, and so does not take over: keys, log
 * groups, rules and roles of consumers. One note for each kind.
 *
 * @param isOwn whether an environment of this project has made what has a name
 */
export async function othersOfAccount(
  connection: AccountConnection,
  repositories: readonly FoundRepository[],
  isOwn: (name: string) => boolean,
  reads: OptionalReads,
): Promise<FoundOther[]> {
  const [keys, groups, rules, roles] = await Promise.all([
    keysOf(connection, repositories, reads),
    logGroups(connection, reads),
    eventRules(connection, reads),
    consumerRoles(connection, reads),
  ]);
  const kinds = [
    ["KMS keys", "aws_kms_key", keys],
    ["log groups", "aws_cloudwatch_log_group", groups],
    ["EventBridge rules", "aws_cloudwatch_event_rule", rules],
    ["IAM roles of consumers", "aws_iam_role", roles],
  ] as const;
  return kinds.flatMap(([kind, type, found]): FoundOther[] => {
    const others = found.filter(
      ({ name, attributes }) => !isOwn(name) && remedyOfType(type, attributes) !== undefined,
    );
    const [first] = others;
    if (first === undefined) return [];
    return [
      {
        subject: `${kind} ${listed(others.map(({ name }) => name))}`,
        text: `${remedyOfType(type, first.attributes)}; not adopted`,
      },
    ];
  });
}

/** What was found, with Terraform's attributes as far as they tell whether it is about images. */
interface Found {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function listed(names: readonly string[]): string {
  const rest = names.length - shown;
  return `${names.toSorted().slice(0, shown).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** The keys of the repositories, with their aliases. */
async function keysOf(
  connection: AccountConnection,
  repositories: readonly FoundRepository[],
  reads: OptionalReads,
): Promise<Found[]> {
  const keys = [...new Set(repositories.flatMap(({ kmsKey }) => kmsKey ?? []))];
  if (keys.length === 0) return [];
  const { KMSClient, paginateListAliases } = await import("@aws-sdk/client-kms");
  const client = connection.client(KMSClient);
  const aliases = await reads.read("the aliases of the KMS keys", "kms:ListAliases", () =>
    collect(
      paginateListAliases({ client }, {}),
      ({ Aliases }) => Aliases,
      (alias) => alias,
    ),
  );
  return keys.map((key) => {
    const names = (aliases ?? []).filter(({ TargetKeyId = "?" }) => key.endsWith(`/${TargetKeyId}`));
    const alias = names.map(({ AliasName }) => AliasName).join(", ");
    return { name: alias === "" ? key : `${key} (${alias})`, attributes: {} };
  });
}

async function logGroups(connection: AccountConnection, reads: OptionalReads): Promise<Found[]> {
  const { CloudWatchLogsClient, paginateDescribeLogGroups } = await import("@aws-sdk/client-cloudwatch-logs");
  const client = connection.client(CloudWatchLogsClient);
  const found = await reads.read("the log groups", "logs:DescribeLogGroups", () =>
    collect(
      paginateDescribeLogGroups({ client }, {}),
      (page) => page.logGroups,
      ({ logGroupName: name = "" }) => ({ name, attributes: { name } }),
    ),
  );
  return found ?? [];
}

async function eventRules(connection: AccountConnection, reads: OptionalReads): Promise<Found[]> {
  const { EventBridgeClient, ListRulesCommand } = await import("@aws-sdk/client-eventbridge");
  const client = connection.client(EventBridgeClient);
  const found = await reads.read("the EventBridge rules", "events:ListRules", async () => {
    const rules: Found[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListRulesCommand({ ...(NextToken !== undefined && { NextToken }) }));
      for (const { Name: name = "", EventPattern } of page.Rules ?? [])
        rules.push({ name, attributes: { event_pattern: EventPattern } });
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return rules;
  });
  return found ?? [];
}

async function consumerRoles(connection: AccountConnection, reads: OptionalReads): Promise<Found[]> {
  const { IAMClient, paginateListRoles } = await import("@aws-sdk/client-iam");
  const client = connection.client(IAMClient);
  const found = await reads.read("the roles of consumers", "iam:ListRoles", () =>
    collect(
      paginateListRoles({ client }, {}),
      ({ Roles }) => Roles,
      (role) => role,
    ),
  );
  return (found ?? [])
    .filter(({ Path = "/" }) => !Path.startsWith("/aws-service-role/"))
    .map(({ RoleName: name = "", AssumeRolePolicyDocument: policy = "" }) => ({
      name,
      // IAM answers with the policy URL-encoded.
      attributes: { assume_role_policy: decodeURIComponent(policy) },
    }));
}
