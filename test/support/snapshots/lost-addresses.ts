import { counted } from "../../../modules/values/counted";
import { addressesOf, type DeclaredStack } from "../../../scripts/states/declared";

/** Addresses that a stack had, and that nothing in it takes over. */
export interface LostAddresses {
  /** e.g. `compute-dev` or `fixtures/compute-full` */
  readonly stack: string;
  /** Whether the whole stack is gone. */
  readonly isGone: boolean;
  readonly lost: readonly string[];
  /** Addresses that are new in the stack. One of the same type may be the new address of a lost one. */
  readonly added: readonly string[];
}

/**
 * The stacks whose addresses changed so that Terraform would destroy resources: an address is neither declared any more
 * nor the `from` of a `moved` block.
 *
 * @param before addresses of each stack, by its name
 * @param after the stacks, by their names
 */
export function lostAddresses(
  before: Readonly<Record<string, readonly string[]>>,
  after: Readonly<Record<string, DeclaredStack>>,
): LostAddresses[] {
  return Object.entries(before).flatMap(([stack, addresses]) => {
    const now = after[stack];
    const declared = new Set(now === undefined ? [] : addressesOf(now));
    const kept = new Set([...declared, ...(now?.moved ?? []).map(({ from }) => from)]);
    const lost = addresses.filter((address) => !kept.has(address));
    const added = [...declared].filter((address) => !addresses.includes(address));
    return lost.length === 0 ? [] : [{ stack, isGone: now === undefined, lost, added }];
  });
}

/** What the loss means and what to do, for a person; empty if nothing is lost. */
export function lossText(losses: readonly LostAddresses[]): string {
  if (losses.length === 0) return "";
  return [
    ...losses.flatMap(stackText),
    'If it is still the same resource, keep it: call moveFromId("<old address>") on it, or set renamedFrom on a repository that has a new short name.',
    "If it is to be destroyed, or the environment is gone: npm run snapshots -- --accept-lost",
    "",
  ].join("\n");
}

function stackText({ stack, isGone, lost, added }: LostAddresses): string[] {
  if (isGone)
    return [
      `${stack} is gone. Nothing manages what it had any more (${counted(lost.length, "resource")}); Terraform does not destroy it.`,
    ];
  return [
    `${stack}: Terraform would destroy these resources, because their addresses are gone without a moved block:`,
    ...lost.map((address) => {
      const sameType = added.filter((other) => typeOf(other) === typeOf(address));
      return `  ${address}${sameType.length === 0 ? "" : ` (new of this type: ${sameType.join(", ")})`}`;
    }),
  ];
}

const typeOf = (address: string): string => address.slice(0, address.indexOf("."));
