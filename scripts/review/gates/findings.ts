import type { GateName } from "../../../environments/options/acknowledged-changes";
import { groupBy } from "../../../modules/values/group-by";
import { typeOf } from "../address-type";
import { leftBehind } from "../forgotten";
import { imagesText } from "../lifecycle/lifecycle-text";
import { isNamedAsWeaker } from "../named-as-weaker";
import { resourceLabel } from "../plan-review";
import { accessText } from "../report/access";
import type { AccessDelta } from "../report/access-rows";
import type { StackReport } from "../report/report";
import type { Weakening } from "../weakening";
import { gates } from "./all-gates";
import type { GateInput } from "./gate";
import type { Finding } from "./judgement";

/** What a review of a stack has for the gates. A report of two revisions and one of a plan both have it. */
export type JudgedStack = Pick<
  StackReport,
  | "abandoned"
  | "access"
  | "changes"
  | "forgotten"
  | "lifecycle"
  | "losses"
  | "settings"
  | "stack"
  | "unreadablePolicies"
  | "weakenings"
>;

/** What the gates find in a stack, the most serious first, each once: a gate can find the same in two ways. */
export function findingsIn(report: JudgedStack): Finding[] {
  const input = gateInput(report);
  const images = new Map((report.lifecycle ?? []).map((delta) => [delta.address, imagesText(delta)]));
  const weakerBy = groupBy<Weakening, string>(input.weakenings, ({ gate }) => gate);
  const { stack } = report;
  const found = gates.flatMap(([gate, { severity, find = () => [] }]) => [
    ...(weakerBy.get(gate) ?? []).map((weakening): Finding => {
      const { address, text, name, isNew = false } = weakening;
      const known = images.get(address);
      return {
        ...{ gate, severity: isNew ? "risky" : (weakening.severity ?? severity), stack, address },
        sentence: `${resourceLabel({ address, name })}: ${text}${known === undefined ? "" : `; ${known}`}`,
      };
    }),
    ...find(input).map((one): Finding => ({ gate, severity, stack, ...one })),
  ]);
  return [...new Map(found.map((finding) => [keyOf(finding), finding])).values()];
}

/** What distinguishes the findings of a stack; each part is one line. */
const keyOf = ({ gate, severity, address, sentence }: Finding): string =>
  `${gate}\n${severity}\n${address}\n${sentence}`;

function gateInput({
  stack,
  abandoned,
  losses,
  weakenings,
  access,
  changes,
  settings,
  ...report
}: JudgedStack): GateInput {
  const weakeningsOf = groupBy(weakenings, ({ address }) => address);
  const publicAccess = groupBy(
    access.filter(({ isPublic }) => isPublic),
    ({ address }) => address,
  );
  const unreadable = new Set(report.unreadablePolicies.map(({ address }) => address));
  return {
    ...{ stack, abandoned, settings },
    weakenings: weakenings
      .filter((weakening) => !isNamedAsPublic(weakening, publicAccess.get(weakening.address) ?? []))
      .filter(({ gate, address }) => !(isOfPolicy(gate, address) && unreadable.has(address))),
    unreadable: report.unreadablePolicies.map(({ why, isNew, ...policy }) => ({
      address: policy.address,
      sentence: `${resourceLabel(policy)}: its access cannot be judged, because the policy is ${why}`,
      ...(isNew && { severity: "risky" as const }),
    })),
    forgotten: report.forgotten.map(({ hasContent, ...resource }) => ({
      address: resource.address,
      sentence: `${resourceLabel(resource)} ${leftBehind}`,
      ...(!hasContent && { severity: "risky" as const }),
    })),
    losses: losses.map((loss) => ({
      address: loss.address,
      sentence: `${resourceLabel(loss)} would be ${loss.effect === "replace" ? "replaced" : "destroyed"}`,
    })),
    access: access
      .filter((delta) => !isNamedAsWeaker(delta, weakeningsOf.get(delta.address) ?? []))
      .map((delta) => ({ ...delta, sentence: accessText(delta) })),
    destroyed: changes
      .filter(({ action, harmless }) => (action === "delete" || action === "replace") && !harmless)
      .map((change) => ({
        address: change.address,
        sentence: `${resourceLabel(change)} would be ${change.action === "replace" ? "replaced" : "destroyed"}`,
      })),
  };
}

/** Gates that compare a policy. One that cannot be read is in the gate `unreadable-policy`. */
const ofPolicies: readonly GateName[] = ["access-loss", "outside-access", "permission", "trust"];

/** What a role may do is not in its trust policy, which is the one that a review may be unable to read. */
const isOfPolicy = (gate: GateName, address: string): boolean =>
  ofPolicies.includes(gate) && !(gate === "permission" && typeOf(address) === "aws_iam_role");

/** Everyone's access without a condition is in the gate `public-access`, so one acknowledgement is enough. */
const isNamedAsPublic = (
  { gate, access: changed }: Weakening,
  publicAccess: readonly AccessDelta[],
): boolean =>
  gate === "outside-access" &&
  publicAccess.some(
    ({ principal, condition }) => principal === changed?.principal && condition === changed.condition,
  );
