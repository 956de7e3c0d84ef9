import { credentialProblem, type Target } from "../failures/credentials";
import { CommandError } from "../runner/command";
import type { StateResource } from "../runner/state";
import type { Declared, KnownAttributes } from "./import-id";
import type { Lookup } from "./lookup";
import { namedLookups } from "./lookup-by-name";
import { ec2Lookups } from "./lookup-ec2";
import { match } from "./match";
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
  declared: Omit<Declared, "known"> & { readonly stackTags: Readonly<Record<string, string>> },
  state: readonly StateResource[],
): Promise<FoundIds> {
  const known = new Map(stateAttributes(state));
  const ids = new Map<string, string>();
  const candidates = new Map<string, readonly string[]>();
  for (const type of searchedTypes) {
    const wanted = missing
      .filter((address) => address.startsWith(`${type}.`))
      .map((address) => wantedResource(address, { ...declared, known }, declared.stackTags));
    const lookup = lookups[type];
    if (wanted.length === 0 || lookup === undefined) continue;
    const search = { region: environment.region, wanted, stackTags: declared.stackTags };
    const existing = await lookup(search).catch((error: Error) => {
      const message = `${error.name}: ${error.message}`;
      const problem = credentialProblem(message, environment);
      throw new CommandError(`${stack}: AWS cannot be asked which ${type} exist: ${problem ?? message}`);
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
  return { known, ids, candidates };
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
