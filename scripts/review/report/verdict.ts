import { counted } from "../../../modules/values/counted";
import { groupBy } from "../../../modules/values/group-by";
import { isNamedAsWeaker } from "../named-as-weaker";
import type { Weakening } from "../weakening";
import { type KindOfWeakening, kindOf } from "./kind-of-weakening";
import type { StackReport, Verdict } from "./report";

/** A sum over stacks. */
const count = (stacks: readonly StackReport[], of: (stack: StackReport) => number): number =>
  stacks.reduce((sum, stack) => sum + of(stack), 0);

/** The verdict on the stacks of a report. @param moves number of resources that go to another state */
export function verdictOn(stacks: readonly StackReport[], moves: number): Verdict {
  const changed = stacks.filter(({ status }) => status !== "unchanged");
  if (changed.length === 0) return { risky: false, blocked: false, text: "No changes." };
  const blocked = changed.filter(({ blocks }) => blocks.length > 0).length;
  const risks = risksOf(changed).filter(([number]) => number > 0);
  const where = `in ${counted(changed.length, "stack")}`;
  if (risks.length > 0)
    return {
      risky: true,
      blocked: blocked > 0,
      text: `${blocked > 0 ? `Blocked in ${counted(blocked, "stack")}` : "Risky"}: ${risks.map(([number, one, many]) => counted(number, one, many)).join(", ")}; ${changes(changed, moves)} ${where}.`,
    };
  return { risky: false, blocked: false, text: `No risks found: ${changes(changed, moves)} ${where}.` };
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
    [
      count(stacks, ({ forgotten }) => forgotten.length),
      "resource would stay in AWS without a stack",
      "resources would stay in AWS without a stack",
    ],
    [
      count(stacks, ({ weakenings }) => ofKind(weakenings, "weaker").length),
      "setting is weaker",
      "settings are weaker",
    ],
    [
      count(stacks, ({ weakenings }) => ofKind(weakenings, "lost access").length),
      "permission is lost",
      "permissions are lost",
    ],
    [count(stacks, openedFromTheStart), "new resource is open to others", "new resources are open to others"],
    [broader, "permission is broader", "permissions are broader"],
    [
      count(stacks, ({ unreadablePolicies }) => unreadablePolicies.length),
      "policy cannot be judged",
      "policies cannot be judged",
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
    [
      stacks.filter(({ status, abandoned }) => status === "gone" && abandoned > 0).length,
      "stack is abandoned",
      "stacks are abandoned",
    ],
    [
      stacks.filter(({ settings }) => settings.length > 0).length,
      "stack has another account, Region, state or version",
      "stacks have another account, Region, state or version",
    ],
  ];
}

const ofKind = (weakenings: readonly Weakening[], wanted: KindOfWeakening): Weakening[] =>
  weakenings.filter((weakening) => kindOf(weakening) === wanted);

/** What is new with all that belongs to it, and lets in others or the internet: nothing that exists is weaker. */
const openedFromTheStart = ({ weakenings }: StackReport): number =>
  new Set(ofKind(weakenings, "open from the start").map(({ address }) => address)).size;

/** Permissions that a weaker setting of the same resource does not name already. */
function broaderPermissions({ access, weakenings }: StackReport): number {
  const named = groupBy(weakenings, ({ address }) => address);
  return access.filter(
    (delta) =>
      delta.broadens && !isNamedAsWeaker({ ...delta, isPublic: false }, named.get(delta.address) ?? []),
  ).length;
}

function changes(stacks: readonly StackReport[], moves: number): string {
  const numbers = (["create", "update", "replace", "delete"] as const).flatMap((action) => {
    const number = count(stacks, ({ counts }) => counts[action]);
    return number === 0 ? [] : [`${number} to ${action}`];
  });
  const moved = count(stacks, ({ moved: all }) => all.length);
  if (moved > 0) numbers.unshift(`${moved} to move to another address`);
  if (moves > 0) numbers.unshift(`${moves} to move to another state`);
  return numbers.length === 0 ? "only outputs, tags or settings change" : numbers.join(", ");
}
