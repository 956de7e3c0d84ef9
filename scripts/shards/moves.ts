/** A resource in a state of Terraform, as far as it is read here. Everything else in it is kept. */
export interface StoredResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly module?: string;
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

/** What {@link movesBetween} knows of one stack. */
export interface StackResources {
  readonly stack: string;
  /** Addresses in its state. */
  readonly stored: ReadonlySet<string>;
  /** Addresses in its configuration; `undefined` if the stack no longer exists. */
  readonly declared: ReadonlySet<string> | undefined;
}

/**
 * The resources whose state is in another stack than the one that declares them.
 *
 * What several stacks declare, such as the policy that each adds to a role, stays where it is: each stack creates its own,
 * and the last one to be deployed destroys the old one. What no stack declares stays too, or moves to the last one if its
 * stack no longer exists, so that a plan destroys it. A resource in both states, after an interrupted move, is moved
 * again, which removes it from where it does not belong.
 *
 * @param stacks in the order of deployment; the last one exists
 */
export function movesBetween(stacks: readonly StackResources[]): Move[] {
  const owners = new Map<string, string[]>();
  for (const { stack, declared = [] } of stacks)
    for (const address of declared) owners.set(address, [...(owners.get(address) ?? []), stack]);
  const last = stacks.findLast(({ declared }) => declared !== undefined)?.stack;
  return stacks.flatMap(({ stack: from, stored, declared }) =>
    [...stored].flatMap((address): Move[] => {
      if (declared?.has(address)) return [];
      const [owner, ...others] = owners.get(address) ?? [];
      const to = owner !== undefined && others.length === 0 ? owner : declared === undefined ? last : from;
      return to === undefined || to === from ? [] : [{ address, from, to }];
    }),
  );
}

/** The states with what moves there, and nothing removed. A resource that a state has already is not added again. */
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
    const known = new Set(resources.map(addressOf));
    const arriving = moves.filter(({ to, address }) => to === stack && !known.has(address));
    const resourceAt = (from: string, address: string) => indexes.get(from)?.get(address);
    return [...resources, ...arriving.flatMap(({ from, address }) => resourceAt(from, address) ?? [])];
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
