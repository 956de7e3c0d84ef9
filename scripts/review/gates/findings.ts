import type { GateName } from "../../../environments/options/acknowledged-changes";
import { imagesText } from "../lifecycle/lifecycle-text";
import { resourceLabel } from "../plan-review";
import { accessText } from "../report/access";
import type { StackReport } from "../report/report";
import type { Weakening } from "../weakening";
import { gates } from "./all-gates";
import type { GateInput } from "./gate";
import type { Finding } from "./judgement";

/** What a review of a stack has for the gates. A report of two revisions and one of a plan both have it. */
export type JudgedStack = Pick<
  StackReport,
  "abandoned" | "access" | "changes" | "lifecycle" | "losses" | "settings" | "stack" | "weakenings"
>;

/** What the gates find in a stack, the most serious first. */
export function findingsIn(report: JudgedStack): Finding[] {
  const input = gateInput(report);
  const images = new Map((report.lifecycle ?? []).map((delta) => [delta.address, imagesText(delta)]));
  const weakerBy = new Map<GateName, Weakening[]>();
  for (const weakening of input.weakenings) {
    const known = weakerBy.get(weakening.gate);
    if (known === undefined) weakerBy.set(weakening.gate, [weakening]);
    else known.push(weakening);
  }
  const { stack } = report;
  return gates.flatMap(([gate, { severity, find = () => [] }]) => [
    ...(weakerBy.get(gate) ?? []).map(({ address, text, name, isNew = false }): Finding => {
      const known = images.get(address);
      return {
        ...{ gate, severity: isNew ? "risky" : severity, stack, address },
        sentence: `${resourceLabel({ address, name })}: ${text}${known === undefined ? "" : `; ${known}`}`,
      };
    }),
    ...find(input).map(({ address, sentence }): Finding => ({ gate, severity, stack, address, sentence })),
  ]);
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
