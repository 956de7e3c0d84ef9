import { groupBy } from "../../../modules/values/group-by";
import { text } from "./attribute";
import type { StateInstance } from "./terraform-state";

/** A registry, as far as the state says which one it is. */
export interface RegistryOfState {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}

/** Account and Region of an ARN. */
function placeIn(arn: unknown): RegistryOfState {
  const [, , , region, accountId] = String(arn).split(":");
  return { region: text(region), accountId: text(accountId) };
}

/**
 * The registry that each resource is in. The ARN of a repository says it. Other resources have the account as `registry_id`,
 * and with AWS provider 6 the Region as `region`. Without these, they are where all repositories of their provider
 * configuration are: a repository in another Region often has the same name.
 */
export function registryOf(instances: readonly StateInstance[]): (one: StateInstance) => RegistryOfState {
  const repositories = instances.filter(({ type }) => type === "aws_ecr_repository");
  const byProvider = groupBy(repositories, providerOf);
  const common = new Map(
    [...byProvider].map(([provider, there]) => [
      provider,
      onlyOne(there.map(({ attributes }) => placeIn(attributes["arn"]))),
    ]),
  );
  return (one) => {
    const { attributes, type } = one;
    if (type === "aws_ecr_repository") return placeIn(attributes["arn"]);
    const ofProvider = common.get(providerOf(one));
    return {
      accountId: text(attributes["registry_id"]) ?? ofProvider?.accountId,
      region: text(attributes["region"]) ?? ofProvider?.region,
    };
  };
}

/** A provider configuration is one only within its state. */
const providerOf = ({ place, provider = "" }: StateInstance): string => `${place.file} ${provider}`;

/** What all of them have in common. */
function onlyOne(places: readonly RegistryOfState[]): RegistryOfState {
  const common = (values: readonly (string | undefined)[]) =>
    new Set(values).size === 1 ? values[0] : undefined;
  return {
    accountId: common(places.map(({ accountId }) => accountId)),
    region: common(places.map(({ region }) => region)),
  };
}

/** Whether a resource can be in a registry: nothing says that it is in another one. */
export const isIn = (found: RegistryOfState, wanted: RegistryOfState): boolean =>
  (["accountId", "region"] as const).every(
    (key) => found[key] === undefined || wanted[key] === undefined || found[key] === wanted[key],
  );
