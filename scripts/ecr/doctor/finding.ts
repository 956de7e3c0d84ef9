/** What one check found. */
export interface Finding {
  /** What was checked, e.g. `state bucket`. */
  readonly check: string;
  /** `unknown`: it could not be checked. */
  readonly state: "ok" | "note" | "problem" | "unknown";
  /** What was found, as a sentence. */
  readonly text: string;
  /** What to do about it, as a sentence or a command. @default - nothing */
  readonly advice?: string;
}

/** A check. It may throw: what it was to check is unknown then. */
export interface Check {
  readonly name: string;
  run(): Promise<readonly FoundState[]> | readonly FoundState[];
}

/** A finding without the name of its check. */
export type FoundState = Omit<Finding, "check">;

export const ok = (text: string): FoundState => ({ state: "ok", text });

export const problem = (text: string, advice: string): FoundState => ({ state: "problem", text, advice });

export const note = (text: string, advice?: string): FoundState => ({
  ...{ state: "note", text },
  ...(advice !== undefined && { advice }),
});

/** Run checks side by side. One that fails stops no other. @returns findings in the order of the checks */
export async function findingsOf(checks: readonly Check[]): Promise<Finding[]> {
  const results = await Promise.allSettled(checks.map(async (check) => check.run()));
  return results.flatMap((result, index): Finding[] => {
    const check = checks[index]?.name ?? "";
    if (result.status === "fulfilled") return result.value.map((found) => ({ check, ...found }));
    return [{ check, state: "unknown", text: (result.reason as Error).message }];
  });
}

/** The findings in one sentence: how many problems there are, and how many checks could not be made. */
export function findingsSummary(findings: readonly Finding[]): string {
  const count = (state: Finding["state"]) => findings.filter((finding) => finding.state === state).length;
  const [problems, unknown] = [count("problem"), count("unknown")];
  const found =
    problems === 0 ? "No problem was found" : `${problems} ${problems === 1 ? "problem" : "problems"}`;
  if (unknown === 0) return `${found}.`;
  return `${found}; ${unknown} ${unknown === 1 ? "check" : "checks"} could not be made.`;
}
