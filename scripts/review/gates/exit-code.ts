import type { Judgement } from "./judgement";

/** From which verdict on a command fails. */
export const failOnChoices = ["risky", "blocked", "never"] as const;

export type FailOn = (typeof failOnChoices)[number];

/** Exit code of a review: 0 nothing risky, 2 risky, 3 blocked; 0 for what `--fail-on` lets pass. */
export function exitCodeOf({ verdict }: Judgement, failOn: FailOn): 0 | 2 | 3 {
  if (verdict === "blocked" && failOn !== "never") return 3;
  return verdict === "risky" && failOn === "risky" ? 2 : 0;
}
