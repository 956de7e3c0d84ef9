import { rememberedOf } from "../../../modules/values/remembered-of";

/** The parts of a stack's Terraform JSON that are compared. */
export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly provider?: { readonly aws?: readonly object[] };
  readonly terraform?: { readonly backend?: object; readonly [setting: string]: unknown };
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

/** The stacks of one revision, by name. */
export type Stacks = Readonly<Record<string, StackJson>>;

/** A resource as a stack declares it. */
export interface DeclaredResource {
  /** E.g. `aws_ecr_repository.web-app`. */
  readonly address: string;
  readonly type: string;
  /** Its arguments in the shape of the provider's schema: each block is a list. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Arguments of which Terraform ignores changes. */
  readonly ignored: readonly string[];
  /** Whether Terraform refuses every plan that destroys it. */
  readonly preventDestroy: boolean;
  /** Its provider configuration, e.g. `aws.eu-west-1`. @default - that of the stack */
  readonly provider?: string;
}

/** Arguments of Terraform itself, and CDKTF's metadata. */
const metaArguments = ["//", "provider", "lifecycle", "depends_on", "count", "for_each", "provisioner"];

/** Every resource of a stack, by address. A report reads them several times. */
export const resourcesOf = rememberedOf(
  ({ resource = {} }: StackJson): ReadonlyMap<string, DeclaredResource> => {
    const all = Object.entries(resource).flatMap(([type, ofType]) =>
      Object.entries(ofType).map(([name, declared]) => declaredResource(type, name, declared)),
    );
    return new Map(all.map((declared) => [declared.address, declared]));
  },
);

function declaredResource(type: string, name: string, declared: object): DeclaredResource {
  const { lifecycle, provider } = declared as {
    lifecycle?: { ignore_changes?: readonly string[]; prevent_destroy?: boolean };
    provider?: string;
  };
  const values = Object.entries(declared).filter(([argument]) => !metaArguments.includes(argument));
  return {
    address: `${type}.${name}`,
    type,
    values: Object.fromEntries(
      values.map(([argument, value]) => [argument, asInSchema(argument, value, type)]),
    ),
    ignored: lifecycle?.ignore_changes ?? [],
    preventDestroy: lifecycle?.prevent_destroy === true,
    ...(provider !== undefined && { provider }),
  };
}

/** Arguments that are maps; every other object is a block. Taken from the schema of the types in use. */
const maps = ["tags", "variables", "input_paths", "dimensions", "labels", "options", "timeouts"];

/**
 * Arguments that are sets, in which the order means nothing: by name, for some types alone. Taken from the schema of the
 * types in use, AWS provider 5.100.0.
 *
 * @see https://developer.hashicorp.com/terraform/cli/commands/providers/schema
 */
const sets: Readonly<Record<string, readonly string[] | "every type">> = {
  applied_for: "every type",
  architectures: ["aws_ecrpublic_repository"],
  capacity_provider_strategy: "every type",
  capacity_providers: "every type",
  client_id_list: "every type",
  default_capacity_provider_strategy: "every type",
  egress: "every type",
  enabled_cluster_log_types: "every type",
  ingress: "every type",
  kubernetes_groups: "every type",
  load_balancer: "every type",
  operating_systems: "every type",
  public_access_cidrs: "every type",
  repository_filter: ["aws_ecr_registry_scanning_configuration"],
  requires_compatibilities: "every type",
  resources: "every type",
  route_table_ids: "every type",
  rule: ["aws_ecr_registry_scanning_configuration"],
  security_group_ids: "every type",
  security_groups: "every type",
  selector: "every type",
  setting: "every type",
  subnet_ids: "every type",
  subnets: "every type",
  taint: "every type",
};

/** An argument in the shape of the schema, with sets in one order. */
function asInSchema(argument: string, value: unknown, type: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (maps.includes(argument)) return value;
  if (!Array.isArray(value)) return [blockOf(value, type)];
  const items = value.map((item) => (isObject(item) ? blockOf(item, type) : item));
  const types = Object.hasOwn(sets, argument) ? sets[argument] : undefined;
  if (types !== "every type" && !types?.includes(type)) return items;
  return items
    .map((item) => [JSON.stringify(item), item] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A block, with its arguments in one order. */
function blockOf(block: object, type: string): object {
  return Object.fromEntries(
    Object.entries(block)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([argument, value]) => [argument, asInSchema(argument, value, type)]),
  );
}

/** Account, Region and tags of a stack, from its provider configuration. */
export interface StackPlace {
  /** Twelve digits; `undefined` if the stack does not say. */
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}

/**
 * Where a stack creates resources.
 *
 * @param provider a provider configuration, e.g. `aws.eu-west-1`. @default - that of the stack
 */
export function placeOf({ provider }: StackJson, configuration?: string): StackPlace {
  const [, alias] = (configuration ?? "").split(".");
  const found = (provider?.aws ?? []).find((one) => (one as { alias?: string }).alias === alias) ?? {};
  const { allowed_account_ids: [accountId] = [], region } = found as {
    allowed_account_ids?: readonly string[];
    region?: string;
  };
  return { accountId, region };
}
