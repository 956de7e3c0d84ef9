import { type Declared, resolved } from "./import-id";
import type { WantedResource } from "./match";

/** Stands for the name of a key's alias, which is an argument of another resource. */
const alias = "alias";

const ruleArguments = [
  ...["security_group_id", "ip_protocol", "from_port", "to_port"],
  ...["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"],
];

/**
 * The arguments by which a resource is found whose ID AWS chooses, by type; parents come before what refers to them. The
 * comment says what the import ID is, according to section "Import" of the type's page.
 *
 * An internet gateway may not be attached yet, so its VPC is not compared.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc#import and so on for each type
 */
const comparedArguments: Readonly<Record<string, readonly string[]>> = {
  aws_vpc: ["cidr_block"], // VPC ID
  aws_eip: ["domain"], // allocation ID
  aws_internet_gateway: [], // internet gateway ID
  aws_kms_key: [alias], // key ID
  aws_secretsmanager_secret: ["name"], // ARN
  aws_launch_template: ["name"], // launch template ID
  aws_lb: ["name"], // ARN
  aws_subnet: ["vpc_id", "cidr_block", "availability_zone"], // subnet ID
  aws_route_table: ["vpc_id"], // route table ID
  aws_security_group: ["name"], // security group ID
  aws_vpc_endpoint: ["vpc_id", "service_name"], // VPC endpoint ID
  aws_flow_log: ["vpc_id", "traffic_type"], // flow log ID
  aws_lb_target_group: ["name_prefix"], // ARN
  aws_lb_listener: ["load_balancer_arn", "port"], // ARN
  aws_lb_listener_rule: ["listener_arn", "priority"], // ARN
  aws_route: ["route_table_id", "destination_cidr_block"], // <route table ID>_<destination>
  aws_route_table_association: ["route_table_id", "subnet_id"], // <subnet ID>/<route table ID>
  aws_nat_gateway: ["subnet_id"], // NAT gateway ID
  aws_vpc_security_group_egress_rule: ruleArguments, // security group rule ID
  aws_vpc_security_group_ingress_rule: ruleArguments, // security group rule ID
};

/** Types whose compared arguments are unique in an account and Region, so that tags add nothing or do not exist. */
const unique = [
  "aws_kms_key",
  "aws_launch_template",
  "aws_lb",
  "aws_lb_listener",
  "aws_lb_listener_rule",
  "aws_route",
  "aws_route_table_association",
  "aws_secretsmanager_secret",
];

/** Types whose existing resources can be found. Those to which others refer come first. */
export const searchedTypes: readonly string[] = Object.keys(comparedArguments);

/**
 * What to look for in AWS to find a resource of a searched type.
 *
 * @param stackTags tags that the provider sets on every resource of the stack
 */
export function wantedResource(
  address: string,
  declared: Declared,
  stackTags: Readonly<Record<string, string>>,
): WantedResource {
  const [type = "", name = ""] = address.split(".");
  const own = declared.resources[type]?.[name] ?? {};
  const values = (comparedArguments[type] ?? []).map(
    (argument) =>
      [argument, argument === alias ? aliasOf(name, declared) : known(own[argument], declared)] as const,
  );
  const tags = Object.entries({ ...stackTags, ...(own["tags"] as Record<string, string> | undefined) });
  const knownTags = tags.map(([key, value]) => [known(key, declared), known(value, declared)] as const);
  const isComplete = [...values.map(([, value]) => value), ...knownTags.flat()].every(
    (value) => value !== null,
  );
  return {
    address,
    arguments: Object.fromEntries(values.flatMap(([key, value]) => (value === null ? [] : [[key, value]]))),
    isComplete,
    tags: unique.includes(type)
      ? {}
      : Object.fromEntries(
          knownTags.flatMap(([key, value]) =>
            typeof key === "string" && typeof value === "string" ? [[key, value]] : [],
          ),
        ),
  };
}

/** An argument as text; `undefined` if it is not set, `null` if its value is not known. */
function known(value: unknown, declared: Declared): string | undefined | null {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return resolved(value, declared) ?? null;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

/** Name of the alias that the stack gives a key; `null` if it gives none. */
function aliasOf(key: string, declared: Declared): string | null {
  const aliases = Object.values(declared.resources["aws_kms_alias"] ?? {});
  const found = aliases.find(({ target_key_id: target }) =>
    String(target).startsWith(`\${aws_kms_key.${key}.`),
  );
  return known(found?.["name"], declared) ?? null;
}
