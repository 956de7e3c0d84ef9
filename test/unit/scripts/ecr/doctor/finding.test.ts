import { expect, test } from "vitest";
import {
  type Finding,
  findingsOf,
  findingsSummary,
  ok,
  problem,
} from "../../../../../scripts/ecr/doctor/finding";

test("a check that fails is unknown, and the others are made", async () => {
  const findings = await findingsOf([
    { name: "first", run: () => [ok("It is there.")] },
    {
      name: "second",
      run: () => {
        throw new Error("AWS does not answer.");
      },
    },
    { name: "third", run: async () => [problem("It is gone.", "Create it.")] },
  ]);

  expect(findings).toEqual([
    { check: "first", state: "ok", text: "It is there." },
    { check: "second", state: "unknown", text: "AWS does not answer." },
    { check: "third", state: "problem", text: "It is gone.", advice: "Create it." },
  ]);
});

test.each<[Finding["state"][], string]>([
  [["ok", "note"], "No problem was found."],
  [["ok", "problem"], "1 problem."],
  [["problem", "problem", "unknown"], "2 problems; 1 check could not be made."],
  [["unknown", "unknown"], "No problem was found; 2 checks could not be made."],
])("the summary of %j", (states, summary) => {
  expect(findingsSummary(states.map((state) => ({ check: "one", state, text: "" })))).toBe(summary);
});
