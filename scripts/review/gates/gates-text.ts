import type { Environment } from "../../../environments/plan/environment";
import { environmentAcknowledgements } from "./acknowledgement";
import type { JudgedStack } from "./findings";
import { judge } from "./judge";
import { judgementLines } from "./judgement-text";

/**
 * What the gates block in the plan of one stack, as text to print before the question; empty if it is nothing. Entries
 * of the environment file about other stacks are left out.
 */
export function gatesText(judged: JudgedStack, environment: Environment): string {
  const found = judge([judged], []).findings;
  const judgement = judge(
    [judged],
    environmentAcknowledgements([environment]).filter(({ gate, address }) =>
      found.some((finding) => finding.gate === gate && finding.address === address),
    ),
  );
  const lines = judgementLines(judgement);
  return lines.length === 0
    ? ""
    : ["Gates (docs/reference/gates.md):", ...lines.map((line) => `  ${line}`)].join("\n");
}
