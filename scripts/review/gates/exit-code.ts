import type { Verdict } from "../report/report";

/** From which verdict on a command fails. */
export const failOnChoices = ["risky", "blocked", "never"] as const;

export type FailOn = (typeof failOnChoices)[number];

/** Exit code of a review: 0 nothing risky, 2 risky, 3 blocked; 0 for what `--fail-on` lets pass. */
export function exitCodeOf(
  { risky, blocked }: Pick<Verdict, "risky" | "blocked">,
  failOn: FailOn,
): 0 | 2 | 3 {
  if (failOn === "never") return 0;
  if (blocked) return 3;
  return risky && failOn === "risky" ? 2 : 0;
}
