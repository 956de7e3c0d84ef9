import type { StackReport, Verdict } from "./report";

/** A sum over stacks. */
const count = (stacks: readonly StackReport[], of: (stack: StackReport) => number): number =>
  stacks.reduce((sum, stack) => sum + of(stack), 0);

/** The verdict on the stacks of a report. */
export function verdictOn(stacks: readonly StackReport[]): Verdict {
  const changed = stacks.filter(({ status }) => status !== "unchanged");
  if (changed.length === 0) return { risky: false, blocked: false, text: "No changes." };
  const blocked = changed.filter(({ blocks }) => blocks.length > 0).length;
  const risks = risksOf(changed).filter(([number]) => number > 0);
  const where = `in ${plural(changed.length, "stack")}`;
  if (risks.length > 0)
    return {
      risky: true,
      blocked: blocked > 0,
      text: `${blocked > 0 ? `Blocked in ${plural(blocked, "stack")}` : "Risky"}: ${risks.map(([number, one, many]) => (number === 1 ? `1 ${one}` : `${number} ${many}`)).join(", ")}; ${changes(changed)} ${where}.`,
    };
  return { risky: false, blocked: false, text: `No risks found: ${changes(changed)} ${where}.` };
}

type Risk = readonly [number: number, one: string, many: string];

function risksOf(stacks: readonly StackReport[]): Risk[] {
  const destructive = count(
    stacks,
    ({ changes: all, losses }) =>
      all.filter(({ action, harmless }) => (action === "delete" || action === "replace") && !harmless)
        .length - losses.length,
  );
  const broader = count(stacks, broaderPermissions);
  return [
    [
      count(stacks, ({ losses }) => losses.length),
      "resource with content is lost",
      "resources with content are lost",
    ],
    [destructive, "other resource is destroyed or replaced", "other resources are destroyed or replaced"],
    [count(stacks, ({ weakenings }) => weakenings.length), "setting is weaker", "settings are weaker"],
    [broader, "permission is broader", "permissions are broader"],
    [
      count(stacks, ({ unreadablePolicies }) => unreadablePolicies.length),
      "policy is not known yet",
      "policies are not known yet",
    ],
    [
      stacks.filter(({ status }) => status === "not planned").length,
      "stack cannot be planned yet",
      "stacks cannot be planned yet",
    ],
    [
      stacks.filter(({ status, waits }) => status !== "not planned" && waits.length > 0).length,
      "stack has to be planned again",
      "stacks have to be planned again",
    ],
    [count(stacks, ({ blocks }) => blocks.length), "rule stops a deploy", "rules stop a deploy"],
    [stacks.filter(({ status }) => status === "gone").length, "stack is abandoned", "stacks are abandoned"],
    [
      stacks.filter(({ settings }) => settings.length > 0).length,
      "stack has another account, Region, state or version",
      "stacks have another account, Region, state or version",
    ],
  ];
}

/** Permissions that a weaker setting of the same resource does not name already. */
function broaderPermissions({ access, weakenings }: StackReport): number {
  const named = new Map<string, string[]>();
  for (const { address, text } of weakenings) named.set(address, [...(named.get(address) ?? []), text]);
  return access.filter(
    ({ address, principal, broadens }) =>
      broadens && !named.get(address)?.some((text) => text.startsWith(`${principal} `)),
  ).length;
}

function changes(stacks: readonly StackReport[]): string {
  const numbers = (["create", "update", "replace", "delete"] as const).flatMap((action) => {
    const number = count(stacks, ({ counts }) => counts[action]);
    return number === 0 ? [] : [`${number} to ${action}`];
  });
  return numbers.length === 0 ? "only outputs, tags or settings change" : numbers.join(", ");
}

/** E.g. `1 stack`, `2 stacks`. */
export const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** Exit code of a command that reports: 0 nothing risky, 2 risky, 3 blocked. */
export const exitCodeFor = ({ risky, blocked }: Verdict): 0 | 2 | 3 => (blocked ? 3 : risky ? 2 : 0);
