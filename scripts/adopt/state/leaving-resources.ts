import { accountSettingNames } from "../../../modules/ecr/registry/account-settings";
import { groupBy } from "../../../modules/values/group-by";
import type { Adopted } from "../environment-input";
import { isIn, registryOf } from "./registry-of";
import { adoptedTypes } from "./state-registry";
import type { StateInstance } from "./terraform-state";

/** What the environment takes over. */
export interface Taken {
  /** Full names of the repositories. */
  readonly names: ReadonlySet<string>;
  /** Their Region and those of their replicas. */
  readonly regions: ReadonlySet<string>;
  /** Of the environment. @default - not known */
  readonly accountId?: string | undefined;
  readonly adopted: Adopted;
}

/** The resources that leave the state of the old project, in the order in which they leave. */
export function leaving(instances: readonly StateInstance[], taken: Taken): StateInstance[] {
  const current = instances.filter(({ deposed }) => deposed === undefined);
  const placeOf = registryOf(current);
  const isThere = (one: StateInstance) => {
    const found = placeOf(one);
    const { accountId, regions } = taken;
    return (
      isIn(found, { accountId, region: undefined }) &&
      (found.region === undefined || regions.has(found.region))
    );
  };
  return current
    .filter((one) => adoptedTypes.includes(one.type) && leaves(one, taken) && isThere(one))
    .toSorted((a, b) => adoptedTypes.indexOf(a.type) - adoptedTypes.indexOf(b.type));
}

/** Whether a resource belongs to the environment from now on. What the file does not declare stays where it is. */
function leaves({ type, attributes }: StateInstance, { names, adopted }: Taken): boolean {
  const { ecr, cachePrefixes = new Set() } = adopted;
  const attribute = (name: string) => String(attributes[name] ?? "");
  switch (type) {
    case "aws_ecr_registry_scanning_configuration":
    case "aws_ecr_replication_configuration":
      return true;
    case "aws_ecr_account_setting":
      return Object.keys(ecr.accountSettings ?? {}).some(
        (option) => accountSettingNames[option as keyof typeof accountSettingNames] === attribute("name"),
      );
    case "aws_ecr_pull_through_cache_rule":
      return cachePrefixes.has(attribute("ecr_repository_prefix"));
    case "aws_ecr_pull_time_update_exclusion":
      return ecr.pullTimeExclusions?.includes(attribute("principal_arn")) ?? false;
    case "aws_ecr_registry_policy":
      return Object.values(ecr.pullThroughCache ?? {}).some(({ pullRoleArns }) => pullRoleArns !== undefined);
    case "aws_ecr_repository_creation_template":
      return (
        cachePrefixes.has(attribute("prefix")) ||
        Object.hasOwn(ecr.creationTemplates ?? {}, attribute("prefix"))
      );
    case "aws_ecr_repository":
      return names.has(attribute("name"));
    default:
      return names.has(attribute("repository"));
  }
}

/** Resources by the state that has them: an address is one only within its state. */
const byState = (instances: readonly StateInstance[]): Map<string, StateInstance[]> =>
  groupBy(instances, ({ place }) => place.file);

/** A command for each resource, quoted for a POSIX shell, under the state that it is for. */
export const removeCommands = (resources: readonly StateInstance[]): string[] =>
  [...byState(resources)].flatMap(([state, there]) => [
    `# ${state}: in the directory of its configuration, after terraform init`,
    ...there.map(({ address }) => `terraform state rm '${address.replaceAll("'", "'\\''")}'`),
  ]);

/**
 * The same as blocks for the configuration of the old project, which Terraform 1.7 and later understand. A block takes all
 * instances of a resource, so it names no index, also not of a module.
 *
 * @returns HCL; addresses of which only some instances leave have no block
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function removedBlocks(resources: readonly StateInstance[], all: readonly StateInstance[]): string {
  const inState = byState(all.filter(({ deposed }) => deposed === undefined));
  return [...byState(resources)]
    .map(([state, there]) => {
      const blocks = wholeAddresses(there, inState.get(state) ?? []).map(
        (from) => `removed {\n  from = ${from}\n\n  lifecycle {\n    destroy = false\n  }\n}\n`,
      );
      return [`# ${state}: in its configuration\n`, ...blocks].join("\n");
    })
    .join("\n");
}

/** Addresses of resources of which all instances leave. */
function wholeAddresses(resources: readonly StateInstance[], all: readonly StateInstance[]): string[] {
  const withoutKeys = (address: string) => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
  const gone = new Set(resources.map(({ address }) => address));
  const whole = new Set(resources.map(({ address }) => withoutKeys(address)));
  for (const { address } of all) if (!gone.has(address)) whole.delete(withoutKeys(address));
  return [...whole];
}
