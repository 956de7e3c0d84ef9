import type { AccountRegion } from "../../modules/iam/aws-partition";
import { type ProviderPlaces, placeOf } from "./provider-place";

/** The resources of a stack's Terraform JSON: arguments by type and name. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** Attributes that AWS has set, by the address of the resource: of those in the state, and of those found in AWS. */
export type KnownAttributes = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** A stack's resources, and what is known of them. */
export interface Declared {
  readonly resources: Resources;
  /** Account and Region of the stack. */
  readonly account: AccountRegion;
  /** Where its provider configurations create resources. */
  readonly places: ProviderPlaces;
  readonly known: KnownAttributes;
}

/** Where the import ID of a resource comes from. */
interface Source {
  /** The argument, as a string without references; `undefined` if AWS chooses it, so that it is in no file. */
  text(argument: string): string | undefined;
  readonly account: AccountRegion;
}

type ImportId = (source: Source) => string | undefined;

/** The ID is made of arguments, e.g. `{cluster}/{name}`. */
const made =
  (pattern: string): ImportId =>
  ({ text }) => {
    const parts = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, argument = ""]) => text(argument));
    if (parts.some((part) => part === undefined)) return undefined;
    return pattern.replace(/\{\w+\}/g, () => parts.shift() ?? "");
  };

const arnOf = ({ partition, accountId }: AccountRegion, service: string, region: string, resource: string) =>
  `arn:${partition}:${service}:${region}:${accountId}:${resource}`;

const bucket = made("{bucket}");
const repository = made("{repository}");
const registry: ImportId = ({ account }) => account.accountId;

const topicArn: ImportId = ({ text, account }) => {
  const name = text("name");
  return name === undefined ? undefined : arnOf(account, "sns", account.region, name);
};

/**
 * The import IDs that follow from what a stack declares and from the IDs of other resources, by resource type. AWS chooses
 * the IDs of all other types, such as `aws_vpc` and `aws_kms_key`: see wanted.ts.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs section "Import" of each resource
 */
const importIds: Readonly<Record<string, ImportId>> = {
  aws_appautoscaling_policy: made("{service_namespace}/{resource_id}/{scalable_dimension}/{name}"),
  aws_appautoscaling_target: made("{service_namespace}/{resource_id}/{scalable_dimension}"),
  aws_cloudwatch_dashboard: made("{dashboard_name}"),
  aws_cloudwatch_event_rule: made("{name}"),
  aws_cloudwatch_log_group: made("{name}"),
  aws_cloudwatch_log_metric_filter: made("{log_group_name}:{name}"),
  aws_cloudwatch_metric_alarm: made("{alarm_name}"),
  aws_cloudwatch_log_resource_policy: made("{policy_name}"),
  aws_ecr_account_setting: made("{name}"),
  aws_ecr_lifecycle_policy: repository,
  aws_ecr_pull_through_cache_rule: made("{ecr_repository_prefix}"),
  aws_ecr_pull_time_update_exclusion: made("{principal_arn}"),
  aws_ecr_registry_policy: registry,
  aws_ecr_registry_scanning_configuration: registry,
  aws_ecr_replication_configuration: registry,
  aws_ecr_repository: made("{name}"),
  aws_ecr_repository_creation_template: made("{prefix}"),
  aws_ecr_repository_policy: repository,
  aws_ecrpublic_repository: made("{repository_name}"),
  aws_ecs_cluster: made("{name}"),
  aws_ecs_cluster_capacity_providers: made("{cluster_name}"),
  aws_ecs_service: made("{cluster}/{name}"),
  aws_efs_backup_policy: made("{file_system_id}"),
  aws_efs_file_system_policy: made("{file_system_id}"),
  aws_eks_addon: made("{cluster_name}:{addon_name}"),
  aws_eks_cluster: made("{name}"),
  aws_eks_fargate_profile: made("{cluster_name}:{fargate_profile_name}"),
  aws_eks_node_group: made("{cluster_name}:{node_group_name}"),
  aws_iam_openid_connect_provider: ({ text, account }) => {
    const host = text("url")?.replace(/^https:\/\//, "");
    return host === undefined ? undefined : arnOf(account, "iam", "", `oidc-provider/${host}`);
  },
  aws_iam_policy: ({ text, account }) => {
    const name = text("name");
    return name === undefined ? undefined : arnOf(account, "iam", "", `policy${text("path") ?? "/"}${name}`);
  },
  aws_iam_role: made("{name}"),
  aws_iam_role_policy: made("{role}:{name}"),
  aws_iam_role_policy_attachment: made("{role}/{policy_arn}"),
  aws_kms_alias: made("{name}"),
  aws_lambda_alias: made("{function_name}/{name}"),
  aws_lambda_function: made("{function_name}"),
  aws_lb_listener_certificate: made("{listener_arn}_{certificate_arn}"),
  aws_s3_bucket: bucket,
  aws_s3_bucket_lifecycle_configuration: bucket,
  aws_s3_bucket_ownership_controls: bucket,
  aws_s3_bucket_policy: bucket,
  aws_s3_bucket_public_access_block: bucket,
  aws_s3_bucket_server_side_encryption_configuration: bucket,
  aws_s3_bucket_versioning: bucket,
  aws_scheduler_schedule: made("{group_name}/{name}"),
  aws_scheduler_schedule_group: made("{name}"),
  aws_secretsmanager_secret_policy: made("{secret_arn}"),
  aws_signer_signing_profile: made("{name}"),
  aws_sns_topic: topicArn,
  aws_sns_topic_policy: made("{arn}"),
  aws_sqs_queue: ({ text, account: { accountId, partition, region } }) => {
    const name = text("name");
    const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    return name === undefined ? undefined : `https://sqs.${region}.${domain}/${accountId}/${name}`;
  },
};

/** Types whose `arn` is their import ID, as far as this project refers to it. */
const arnIsId = ["aws_iam_policy", "aws_sns_topic"];

/** Types whose `arn` stands for the name in an import ID: the provider takes a cluster's name where a service has its ARN. */
const arnMeansName = ["aws_ecs_cluster"];

/**
 * The ID to import a resource by, as far as it follows from what its stack declares and what is known.
 *
 * @param address e.g. `aws_ecr_repository.web-app`
 * @returns `undefined` if AWS chooses it
 */
export function importId(address: string, declared: Declared): string | undefined {
  const [type = "", name = ""] = address.split(".");
  const found = declared.resources[type]?.[name];
  if (found === undefined) return undefined;
  const text = (argument: string) => {
    const value = found[argument];
    return typeof value === "string" ? resolved(value, declared) : undefined;
  };
  const region = placeOf(found, declared.places)?.region ?? declared.account.region;
  return importIds[type]?.({ text, account: { ...declared.account, region } });
}

/** A text with its references to resources of the stack replaced; `undefined` if one of them is not known. */
export function resolved(text: string, declared: Declared): string | undefined {
  let isKnown = true;
  const value = text.replace(
    /\$\{(\w+)\.([\w-]+)\.(\w+)\}/g,
    (_, type: string, name: string, attribute: string) => {
      const found = attributeOf(type, name, attribute, declared);
      if (found === undefined) isKnown = false;
      return found ?? "";
    },
  );
  return isKnown && !value.includes("${") ? value : undefined;
}

function attributeOf(type: string, name: string, attribute: string, declared: Declared): string | undefined {
  const written = declared.resources[type]?.[name]?.[attribute];
  if (typeof written === "string") return resolved(written, declared);
  const address = `${type}.${name}`;
  const isId = attribute === "id" || (attribute === "arn" && [...arnIsId, ...arnMeansName].includes(type));
  const derived = isId ? importId(address, declared) : undefined;
  if (derived !== undefined) return derived;
  const known = declared.known.get(address)?.[attribute];
  return typeof known === "string" ? known : undefined;
}
