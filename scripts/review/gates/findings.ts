import { resourceLabel } from "../plan-review";
import { accessText } from "../report/access";
import type { StackReport } from "../report/report";
import { gates } from "./all-gates";
import type { GateInput } from "./gate";
import type { Finding } from "./judgement";

/** What a review of a stack has for the gates. A report of two revisions and one of a plan both have it. */
export type JudgedStack = Pick<
  StackReport,
  "abandoned" | "access" | "changes" | "losses" | "settings" | "stack" | "weakenings"
>;

/** What the gates find in a stack, the most serious first, each once: a gate can find the same in two ways. */
export function findingsIn(report: JudgedStack): Finding[] {
  const input = gateInput(report);
  const found = gates.flatMap(([gate, { severity, find = () => [] }]) =>
    [
      ...input.weakenings
        .filter((weakening) => weakening.gate === gate)
        .map(({ address, text, name, isNew = false }) => ({
          address,
          severity: isNew ? ("risky" as const) : severity,
          sentence: `${resourceLabel({ address, name })}: ${text}`,
        })),
      ...find(input).map((found) => ({ ...found, severity })),
    ].map(({ address, sentence, severity: own }) => ({
      ...{ gate, severity: own, stack: report.stack },
      ...{ address, sentence },
    })),
  );
  return [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function gateInput({
  stack,
  abandoned,
  losses,
  weakenings,
  access,
  changes,
  settings,
}: JudgedStack): GateInput {
  return {
    ...{ stack, abandoned, weakenings, settings },
    losses: losses.map((loss) => ({
      address: loss.address,
      sentence: `${resourceLabel(loss)} would be ${loss.effect === "replace" ? "replaced" : "destroyed"}`,
    })),
    access: access.map((delta) => ({
      ...{ address: delta.address, broadens: delta.broadens, isPublic: delta.isPublic },
      sentence: accessText(delta),
    })),
    destroyed: changes
      .filter(({ action, harmless }) => (action === "delete" || action === "replace") && !harmless)
      .map((change) => ({
        address: change.address,
        sentence: `${resourceLabel(change)} would be ${change.action === "replace" ? "replaced" : "destroyed"}`,
      })),
  };
}
