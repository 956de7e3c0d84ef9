import { credentialProblem, type Target } from "../failures/credentials";
import { CommandError } from "../runner/command";
import { asTerraform } from "../runner/role-credentials";
import type { StateResource } from "../runner/state";
import type { Declared, KnownAttributes } from "./import-id";
import type { Lookup } from "./lookup";
import { namedLookups } from "./lookup-by-name";
import { ec2Lookups } from "./lookup-ec2";
import { match } from "./match";
import { type ProviderPlace, placeOf } from "./provider-place";
import { searchedTypes, wantedResource } from "./wanted";

/** A stack whose resources are looked for, and where. */
interface SearchedStack {
  readonly stack: string;
  readonly environment: Target & { readonly region: string };
}

/** What a search in AWS has found. */
export interface FoundIds {
  /** Attributes of the resources that were found, and of those in the state. */
  readonly known: KnownAttributes;
  /** Import ID of each resource that was found, by its address. */
  readonly ids: ReadonlyMap<string, string>;
  /** Import IDs of what each other resource may be, by its address. Empty if nothing in AWS fits. */
  readonly candidates: ReadonlyMap<string, readonly string[]>;
}

const lookups: Readonly<Record<string, Lookup>> = { ...ec2Lookups, ...namedLookups };

/**
 * Find resources whose IDs AWS chooses. A resource that is found helps to find those that refer to it.
 *
 * @param missing addresses of resources that are not in the state
 * @throws CommandError when AWS does not answer
 */
export async function findChosenIds(
  { stack, environment }: SearchedStack,
  missing: readonly string[],
  declared: Omit<Declared, "known">,
  state: readonly StateResource[],
): Promise<FoundIds> {
  const known = new Map(stateAttributes(state));
  const ids = new Map<string, string>();
  const candidates = new Map<string, readonly string[]>();
  for (const type of searchedTypes) {
    const lookup = lookups[type];
    if (lookup === undefined) continue;
    const addresses = missing.filter((address) => address.startsWith(`${type}.`));
    for (const [{ region, tags: stackTags }, there] of byPlace(addresses, environment.region, declared)) {
      const wanted = there.map((address) => wantedResource(address, { ...declared, known }, stackTags));
      const settings = await asTerraform(environment, region);
      const existing = await lookup({ settings, wanted, stackTags }).catch((error: Error) => {
        const message = `${error.name}: ${error.message}`;
        const problem = credentialProblem(message, environment);
        throw new CommandError(
          `${stack}: AWS cannot be asked which ${type} exist in ${region}: ${problem ?? message}`,
        );
      });
      for (const [address, result] of match(wanted, existing, takenIds(state, type))) {
        if ("candidates" in result) candidates.set(address, result.candidates);
        else {
          const { id, arn = id } = result.found;
          ids.set(address, id);
          known.set(address, { id, arn, key_id: id });
        }
      }
    }
  }
  return { known, ids, candidates };
}

/** Addresses by the place of their provider configuration, because a name can exist in several Regions. */
function byPlace(
  addresses: readonly string[],
  region: string,
  { resources, places }: Omit<Declared, "known">,
): Map<ProviderPlace, string[]> {
  const ofStack = { region, tags: {} };
  const groups = new Map<ProviderPlace, string[]>();
  for (const address of addresses) {
    const [type = "", name = ""] = address.split(".");
    const place = placeOf(resources[type]?.[name], places) ?? ofStack;
    groups.set(place, [...(groups.get(place) ?? []), address]);
  }
  return groups;
}

/** Attributes of the resources in a state, by address. */
function stateAttributes(state: readonly StateResource[]): [string, Readonly<Record<string, unknown>>][] {
  return state.flatMap(({ mode, type, name, instances }) => {
    const current = instances.find(({ deposed }) => deposed === undefined);
    return mode === "managed" && current !== undefined ? [[`${type}.${name}`, current.attributes]] : [];
  });
}

/** IDs of the resources of a type that a state has, also of those that Terraform has yet to destroy. */
function takenIds(state: readonly StateResource[], type: string): Set<string> {
  const ids = state
    .filter((resource) => resource.mode === "managed" && resource.type === type)
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes["id"]));
  return new Set(ids.filter((id) => typeof id === "string"));
}
