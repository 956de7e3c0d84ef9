import { versionOutput } from "../../layers/contract-version";
import type { MovedAddress } from "../review/moved-address";
import { resourcesOf, type StackJson } from "../review/revisions/stack-json";
import { addressOf, type Move, type StoredState } from "../states/moves";
import { type ForcedReplacement, replacementsOf } from "./forced-replacements";

/** A state with the outputs that are read here. */
export interface DeployedState extends StoredState {
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** A stack as this version of the project declares it, with the blocks that change a state. */
export interface DeclaredStack extends StackJson {
  readonly import?: readonly { readonly to: string }[];
  readonly removed?: readonly {
    readonly from: string;
    readonly lifecycle?: { readonly destroy?: boolean };
  }[];
}

/** What a deploy of this version does to what a stack has. */
export interface StackUpgrade {
  readonly stack: string;
  /** `current`: nothing of the below, except that resources may be created or changed in place. */
  readonly status: "not deployed" | "current" | "changes";
  /** Version of the contracts, as deployed and now; `null` without one. @default - the stack publishes none */
  readonly contract?: { readonly deployed: number | null; readonly current: number };
  /** Resources that get another address in the state. */
  readonly moved: readonly MovedAddress[];
  /** Resources that belong into the state of another stack: `npm run shards` moves them. */
  readonly toOtherState: readonly Move[];
  /** Resources that import blocks take over. */
  readonly imported: readonly string[];
  /** Resources that are destroyed and created again, because of an argument that AWS cannot change. */
  readonly replaced: readonly ForcedReplacement[];
  /** Resources that are removed from the state and stay in AWS. */
  readonly forgotten: readonly string[];
  readonly destroyed: readonly string[];
  readonly created: readonly string[];
}

/**
 * Compare what is deployed with what the stack declares, without AWS and without a plan of Terraform.
 *
 * @param state `undefined` if the stack was never deployed
 * @param elsewhere resources that other stacks declare now, by the stack whose state has them
 */
export function upgradeOf(
  stack: string,
  state: DeployedState | undefined,
  declared: DeclaredStack,
  elsewhere: readonly Move[] = [],
): StackUpgrade {
  const resources = resourcesOf(declared);
  if (state === undefined)
    return { ...nothingIn(stack), status: "not deployed", created: [...resources.keys()].toSorted() };
  const stored = new Map(
    (state.resources ?? [])
      .filter(({ mode }) => mode === "managed")
      .map((resource) => [addressOf(resource), resource]),
  );
  const moved = (declared.moved ?? []).filter(({ from, to }) => stored.has(from) && !stored.has(to));
  for (const { from, to } of moved) {
    const resource = stored.get(from);
    stored.delete(from);
    if (resource !== undefined) stored.set(to, resource);
  }
  const toOtherState = elsewhere.filter((move) => move.from === stack);
  const leaving = new Set(toOtherState.map(({ address }) => address));
  const arriving = new Set(elsewhere.filter(({ to }) => to === stack).map(({ address }) => address));
  const kept = new Set(
    (declared.removed ?? []).filter(({ lifecycle }) => lifecycle?.destroy === false).map(({ from }) => from),
  );
  const missing = [...resources.keys()].filter((address) => !stored.has(address) && !arriving.has(address));
  const importing = new Set((declared.import ?? []).map(({ to }) => to));
  const gone = [...stored.keys()].filter((address) => !resources.has(address) && !leaving.has(address));
  const upgrade: Omit<StackUpgrade, "status"> = {
    ...nothingIn(stack),
    ...contractOf(state, declared),
    ...{ moved, toOtherState },
    imported: missing.filter((address) => importing.has(address)).toSorted(),
    replaced: replacementsOf(resources, stored),
    forgotten: gone.filter((address) => kept.has(address)).toSorted(),
    destroyed: gone.filter((address) => !kept.has(address)).toSorted(),
    created: missing.filter((address) => !importing.has(address)).toSorted(),
  };
  return { ...upgrade, status: hasChanges(upgrade) ? "changes" : "current" };
}

const nothingIn = (stack: string): Omit<StackUpgrade, "status"> => ({
  stack,
  ...{ moved: [], toOtherState: [], imported: [], replaced: [], forgotten: [], destroyed: [], created: [] },
});

function contractOf(
  { outputs = {} }: DeployedState,
  { output = {} }: DeclaredStack,
): Pick<StackUpgrade, "contract"> {
  const current = (output[versionOutput] as { readonly value?: number } | undefined)?.value;
  if (current === undefined) return {};
  const deployed = outputs[versionOutput]?.value;
  return { contract: { deployed: typeof deployed === "number" ? deployed : null, current } };
}

/** Whether the contracts of a stack were deployed in an older version than its readers accept. */
export const hasOlderContract = ({ contract }: Pick<StackUpgrade, "contract">): boolean =>
  contract !== undefined && (contract.deployed ?? 0) < contract.current;

function hasChanges(upgrade: Omit<StackUpgrade, "status">): boolean {
  const { moved, toOtherState, imported, replaced, forgotten, destroyed } = upgrade;
  return (
    hasOlderContract(upgrade) ||
    [moved, toOtherState, imported, replaced, forgotten, destroyed].some((list) => list.length > 0)
  );
}
