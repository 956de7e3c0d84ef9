import type { ReplicationRule } from "../../../modules/ecr/registry/replication-settings";
import type { ScanningSettings } from "../../../modules/ecr/registry/scanning-settings";
import { groupBy } from "../../../modules/values/group-by";
import { defined } from "../environment-input";
import type { FoundOther, FoundRegistry, FoundRepository } from "../found/found-registry";
import { remedyOfType } from "../found/unmanaged";
import { blocks, text } from "./attribute";
import { isIn, type RegistryOfState, registryOf } from "./registry-of";
import { settingsOfState, settingTypes } from "./state-settings";
import type { StateInstance } from "./terraform-state";

/** Types that become options of the environment file, in the order in which they leave another state. */
export const adoptedTypes: readonly string[] = [
  "aws_ecr_lifecycle_policy",
  "aws_ecr_registry_scanning_configuration",
  "aws_ecr_replication_configuration",
  ...settingTypes,
  "aws_ecr_repository",
  "aws_ecr_repository_policy",
];

/**
 * The registry that a Terraform state describes.
 *
 * @param given its account and Region. @default - those of the first repository
 */
export function stateRegistry(
  all: readonly StateInstance[],
  given: Partial<RegistryOfState> = {},
): FoundRegistry {
  const instances = all.filter(({ deposed }) => deposed === undefined);
  const placeOf = registryOf(instances);
  const wanted = wantedRegistry(instances, given, placeOf);
  const here = instances.filter((one) => isIn(placeOf(one), wanted));
  const ofType = (type: string) => here.filter((one) => one.type === type);
  const byName = groupBy(ofType("aws_ecr_repository"), ({ attributes }) => String(attributes["name"]));
  const policies = policiesByRepository(ofType("aws_ecr_repository_policy"));
  const lifecycles = policiesByRepository(ofType("aws_ecr_lifecycle_policy"));
  return defined({
    ...wanted,
    repositories: [...byName.values()].flatMap(([first]) =>
      first === undefined ? [] : [repositoryIn(first, { policies, lifecycles })],
    ),
    scanning: ofType("aws_ecr_registry_scanning_configuration").map(scanningIn)[0],
    replication: ofType("aws_ecr_replication_configuration").map(replicationIn)[0],
    settings: settingsOfState(here),
    others: [
      ...[...byName.values()].flatMap(duplicates),
      ...instances
        .filter((one) => !here.includes(one))
        .flatMap((one) => elsewhere(one, placeOf(one), wanted)),
      ...instances.flatMap(otherIn),
      ...all.flatMap(deposedIn),
    ],
  }) as FoundRegistry;
}

/** What is given, and for the rest what the first repository that fits has. */
function wantedRegistry(
  instances: readonly StateInstance[],
  { accountId, region }: Partial<RegistryOfState>,
  placeOf: (one: StateInstance) => RegistryOfState,
): RegistryOfState {
  const places = instances.filter(({ type }) => type === "aws_ecr_repository").map(placeOf);
  const first = places.find((place) => isIn(place, { accountId, region })) ?? places[0];
  return { accountId: accountId ?? first?.accountId, region: region ?? first?.region };
}

/** Further resources of one repository. */
const duplicates = ([first, ...more]: readonly StateInstance[]): FoundOther[] =>
  more.map(({ address, place }) => ({
    ...{ subject: address, place },
    text: `${first?.address} (${first?.place.file}:${first?.place.line}) is the same repository, and its arguments count; both leave their states`,
  }));

/** What is in another registry. Policies go with their repository. */
function elsewhere(
  { type, address: subject, place }: StateInstance,
  found: RegistryOfState,
  wanted: RegistryOfState,
): FoundOther[] {
  if (!adoptedTypes.includes(type) || ofRepository.includes(type)) return [];
  const { accountId, region } = found;
  if (!isIn(found, { ...wanted, region: undefined }))
    return [
      {
        ...{ subject, place },
        text: `it is in account ${accountId}, so it is left out; adopt the state again into an environment of that account with --account ${accountId}`,
      },
    ];
  const isReplica =
    type === "aws_ecr_repository" ? "if it is a replica, the replicas layer owns it; else " : "";
  return [
    {
      ...{ subject, place },
      text: `it is in ${region}: ${isReplica}adopt the state again for that Region with --region ${region}`,
    },
  ];
}

/** Types that belong to one repository. */
const ofRepository = ["aws_ecr_lifecycle_policy", "aws_ecr_repository_policy"];

/** Policies by the repository that has them. */
const policiesByRepository = (instances: readonly StateInstance[]): ReadonlyMap<string, string> =>
  new Map(
    instances.map(({ attributes }) => [String(attributes["repository"]), String(attributes["policy"])]),
  );

function repositoryIn(
  { attributes, place }: StateInstance,
  { policies, lifecycles }: Readonly<Record<"policies" | "lifecycles", ReadonlyMap<string, string>>>,
): FoundRepository {
  const name = String(attributes["name"]);
  const [encryption] = blocks(attributes["encryption_configuration"]);
  const [scanning] = blocks(attributes["image_scanning_configuration"]);
  const encryptionType = text(encryption?.["encryption_type"]) ?? "AES256";
  return defined({
    name,
    place,
    imageTagMutability: text(attributes["image_tag_mutability"]) ?? "MUTABLE",
    exclusionFilters: blocks(attributes["image_tag_mutability_exclusion_filter"]).map(({ filter }) =>
      String(filter),
    ),
    encryptionType,
    kmsKey: encryptionType === "AES256" ? undefined : text(encryption?.["kms_key"]),
    scanOnPush: scanning?.["scan_on_push"] === true,
    tags: (attributes["tags_all"] ?? attributes["tags"] ?? {}) as Record<string, string>,
    lifecyclePolicy: lifecycles.get(name),
    policy: policies.get(name),
    forceDelete: attributes["force_delete"] === true ? true : undefined,
  }) as FoundRepository;
}

function scanningIn({ attributes }: StateInstance): ScanningSettings {
  return {
    scanType: attributes["scan_type"],
    rules: blocks(attributes["rule"]).map((rule) => ({
      scanFrequency: rule["scan_frequency"],
      filters: blocks(rule["repository_filter"]).map(({ filter }) => String(filter)),
    })),
  } as ScanningSettings;
}

function replicationIn({ attributes }: StateInstance): ReplicationRule[] {
  const rules = blocks(attributes["replication_configuration"]).flatMap(({ rule }) => blocks(rule));
  return rules.map(({ destination, repository_filter: filters }) => ({
    destinations: blocks(destination).map((to) => ({
      region: String(to["region"]),
      registryId: String(to["registry_id"]),
    })),
    filters: blocks(filters).length === 0 ? [""] : blocks(filters).map(({ filter }) => String(filter)),
  }));
}

/** What of a state is not adopted, and stays with the project that has it. */
function otherIn({ type, address, place, attributes }: StateInstance): FoundOther[] {
  if (adoptedTypes.includes(type)) return [];
  const text = remedyOfType(type, attributes) ?? (type.startsWith("aws_ecr") ? noResource : undefined);
  return text === undefined ? [] : [{ subject: address, place, text: `${text}; it is not adopted` }];
}

/** An object that no current resource stands for, and that is lost from sight when the resource leaves the state. */
function deposedIn({ type, address, attributes, deposed, place }: StateInstance): FoundOther[] {
  if (deposed === undefined || !type.startsWith("aws_ecr")) return [];
  const name = text(attributes["name"]) ?? text(attributes["repository"]) ?? text(attributes["id"]);
  return [
    {
      subject: `${address} (deposed object ${deposed})`,
      place,
      text: `Terraform has replaced ${name ?? "it"} and not yet destroyed it, and it is not adopted: let the old project destroy it with terraform apply, or it stays in AWS without an owner`,
    },
  ];
}

const noResource = "this project has no such resource";
