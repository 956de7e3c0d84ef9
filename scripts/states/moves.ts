/** A resource in a state of Terraform, as far as it is read here. Everything else in it is kept. */
export interface StoredResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly module?: string;
  readonly instances?: readonly { readonly attributes?: { readonly id?: unknown } }[];
}

/**
 * A state of Terraform.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statefile/version4.go
 */
export interface StoredState {
  readonly version: number;
  readonly serial: number;
  readonly resources?: readonly StoredResource[];
}

/** A resource that is to be in the state of another stack. */
export interface Move {
  readonly address: string;
  readonly from: string;
  readonly to: string;
}

export const addressOf = ({ mode, type, name, module }: StoredResource): string =>
  [...(module === undefined ? [] : [module]), ...(mode === "data" ? ["data"] : []), type, name].join(".");

/** The ID of a resource in AWS, by which two entries of different states are known to be the same; unknown without one. */
const idOf = ({ type, instances }: StoredResource): string | undefined => {
  const id = instances?.[0]?.attributes?.id;
  return id === undefined ? undefined : `${type} ${id}`;
};

/** The managed resources of a state: address, and what tells them from another resource at the same address. */
export function storedIn(state: StoredState | undefined): Map<string, string | undefined> {
  const managed = (state?.resources ?? []).filter(({ mode }) => mode === "managed");
  return new Map(managed.map((resource) => [addressOf(resource), idOf(resource)]));
}

/** What {@link movesBetween} knows of one stack. */
export interface StackResources {
  readonly stack: string;
  /** What its state has: see {@link storedIn}. */
  readonly stored: ReadonlyMap<string, string | undefined>;
  /** Addresses in its configuration; `undefined` if the stack no longer exists. */
  readonly declared: ReadonlySet<string> | undefined;
}

/**
 * The resources whose state is in another stack than the one that declares them.
 *
 * What several stacks declare, such as the policy that each adds to a role, stays where it is: each stack creates its own,
 * and the last one to be deployed destroys the old one. What no stack declares stays too, or moves to the last one if its
 * stack no longer exists, so that a plan destroys it. A resource in both states, after an interrupted move, is moved
 * again, which removes it from where it does not belong. But if the other state has another resource at that address, such
 * as its own policy of the same role, it is no move: the next plan destroys the one that is no longer declared.
 *
 * @param stacks in the order of deployment; the last one exists
 */
export function movesBetween(stacks: readonly StackResources[]): Move[] {
  const owners = new Map<string, string[]>();
  for (const { stack, declared = [] } of stacks)
    for (const address of declared) owners.set(address, [...(owners.get(address) ?? []), stack]);
  const last = stacks.findLast(({ declared }) => declared !== undefined)?.stack;
  const storedBy = new Map(stacks.map(({ stack, stored }) => [stack, stored]));
  return stacks.flatMap(({ stack: from, stored, declared }) =>
    [...stored].flatMap(([address, id]): Move[] => {
      if (declared?.has(address)) return [];
      const [owner, ...others] = owners.get(address) ?? [];
      const to = owner !== undefined && others.length === 0 ? owner : declared === undefined ? last : from;
      if (to === undefined || to === from) return [];
      const there = storedBy.get(to);
      const isAnother = there?.has(address) && ![...there.values()].includes(id);
      return declared !== undefined && isAnother ? [] : [{ address, from, to }];
    }),
  );
}

/**
 * The states with what moves there, and nothing removed. A resource that a state has already is not added again. If it has
 * another one at that address, the one that arrives gets an address that no stack declares, so that a plan destroys it.
 */
export function received<State extends StoredState>(
  states: ReadonlyMap<string, State>,
  moves: readonly Move[],
): Map<string, State> {
  const indexes = new Map(
    [...states].map(([stack, { resources = [] }]) => [
      stack,
      new Map(resources.map((resource) => [addressOf(resource), resource])),
    ]),
  );
  return changed(states, (stack, resources) => {
    const all = [...resources];
    const known = new Map(resources.map((resource) => [addressOf(resource), idOf(resource)]));
    const ids = new Set([...known.values()].filter((id) => id !== undefined));
    for (const { from, to, address } of moves) {
      const found = to === stack ? indexes.get(from)?.get(address) : undefined;
      if (found === undefined) continue;
      const id = idOf(found);
      const isTaken = known.has(address);
      if (id === undefined ? isTaken : ids.has(id)) continue;
      const arriving = isTaken ? { ...found, name: `${found.name}_of_${from}` } : found;
      all.push(arriving);
      known.set(addressOf(arriving), id);
      if (id !== undefined) ids.add(id);
    }
    return all;
  });
}

/** The states without what moves elsewhere. */
export function released<State extends StoredState>(
  states: ReadonlyMap<string, State>,
  moves: readonly Move[],
): Map<string, State> {
  return changed(states, (stack, resources) => {
    const leaving = new Set(moves.filter(({ from }) => from === stack).map(({ address }) => address));
    return resources.filter((resource) => !leaving.has(addressOf(resource)));
  });
}

/** Terraform accepts a changed state only with a greater serial number. */
function changed<State extends StoredState>(
  states: ReadonlyMap<string, State>,
  change: (stack: string, resources: readonly StoredResource[]) => StoredResource[],
): Map<string, State> {
  return new Map(
    [...states].map(([stack, state]) => {
      const { resources = [] } = state;
      const next = change(stack, resources);
      const isSame = next.length === resources.length;
      return [stack, isSame ? state : { ...state, serial: state.serial + 1, resources: next }];
    }),
  );
}
