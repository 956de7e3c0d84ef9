import { type Acknowledgement, flagSource, isExpired, todayInUtc } from "./acknowledgement";
import { findingsIn, type JudgedStack } from "./findings";
import type { Finding, JudgedFinding, Judgement } from "./judgement";

/**
 * Let the gates judge the review of stacks. An acknowledgement counts for findings of its gate at its address. One without
 * a stack counts only if all these findings are in one stack, so that none for a trial reaches production.
 *
 * @param today in UTC, as `YYYY-MM-DD`
 */
export function judge(
  stacks: readonly JudgedStack[],
  acknowledgements: readonly Acknowledgement[],
  today: string = todayInUtc(),
): Judgement {
  const found = stacks.flatMap(findingsIn);
  const checked = acknowledgements.map((acknowledgement) => ({
    acknowledgement,
    problem: problemWith(acknowledgement, found, today),
  }));
  const valid = checked.filter(({ problem }) => problem === undefined);
  const findings = found.map((finding): JudgedFinding => {
    const by = valid.find(({ acknowledgement }) => accepts(acknowledgement, finding))?.acknowledgement;
    return by === undefined
      ? finding
      : { ...finding, acknowledged: { reason: by.reason, source: by.source } };
  });
  const open = findings.filter(({ acknowledged }) => acknowledged === undefined);
  return {
    verdict: open.some(({ severity }) => severity === "blocked")
      ? "blocked"
      : open.length > 0
        ? "risky"
        : "clear",
    findings,
    problems: checked.flatMap(({ problem }) => problem ?? []),
    unneeded: valid
      .filter(({ acknowledgement }) => !found.some((finding) => accepts(acknowledgement, finding)))
      .map(({ acknowledgement }) => unneededText(acknowledgement)),
  };
}

const accepts = ({ gate, address, stacks }: Acknowledgement, finding: Finding): boolean =>
  gate === finding.gate &&
  (address === undefined || address === finding.address) &&
  (stacks === undefined || stacks.includes(finding.stack));

/** Why an acknowledgement does not count, as a sentence; `undefined` if it does. */
function problemWith(
  acknowledgement: Acknowledgement,
  found: readonly Finding[],
  today: string,
): string | undefined {
  const { source, gate, address, stacks, expires } = acknowledgement;
  const what = acknowledgementText(acknowledgement);
  if (isExpired(acknowledgement, today))
    return `${what}, but it expired on ${expires}; remove it, or give it a new date.`;
  const matching = found.filter((finding) => accepts(acknowledgement, finding));
  if (matching.length === 0 && source === flagSource)
    return `${what}, but the review has no such finding; copy the gate and the address from the review.`;
  const places = [...new Set(matching.map(({ stack }) => stack))];
  if (address !== undefined && stacks === undefined && places.length > 1)
    return `${what}, which is in ${places.join(", ")}; name the stack: ${gate}:${places[0]}/${address}=…`;
  return undefined;
}

const acknowledgementText = ({ source, gate, address }: Acknowledgement): string =>
  `${source} acknowledges ${gate}${address === undefined ? "" : ` at ${address}`}`;

/** An entry of a file is written before the change, and stays after it until somebody removes it. */
function unneededText(acknowledgement: Acknowledgement): string {
  const { expires } = acknowledgement;
  const what = `${acknowledgementText(acknowledgement)}, and nothing in this review needs it`;
  return expires === undefined
    ? `${what}. Remove it if the change is made.`
    : `${what}. Remove it if the change is deployed; it counts until ${expires}.`;
}
