import type { Report } from "../report/report";
import type { Acknowledgement } from "./acknowledgement";
import type { GateOptions } from "./gate-options";
import { judge } from "./judge";

/**
 * A report with what the gates say, and the verdict that follows: acknowledged findings do not count. What stops a deploy and a
 * stack without a final plan count whatever is acknowledged.
 *
 * @param options flags of the command
 * @param acknowledgements of the environment files
 */
export function judged(
  report: Report,
  { acknowledge, labels }: Pick<GateOptions, "acknowledge" | "labels">,
  acknowledgements: readonly Acknowledgement[],
): Report {
  const { stacks, verdict } = report;
  const gates = judge(stacks, [...acknowledge, ...labels, ...acknowledgements]);
  const blocked = gates.verdict === "blocked" || stacks.some(({ blocks }) => blocks.length > 0);
  const isOpen = stacks.some(({ waits }) => waits.length > 0);
  const risky = blocked || isOpen || gates.verdict === "risky";
  const word = blocked ? "Blocked" : risky ? "Risky" : "Acknowledged";
  return {
    ...report,
    gates,
    verdict: { risky, blocked, text: verdict.text.replace(/^(?:Risky|Blocked in \d+ stacks?)\b/, word) },
  };
}
