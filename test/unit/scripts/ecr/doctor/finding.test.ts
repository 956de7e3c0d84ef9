import { expect, test } from "vitest";
import { findingsOf, ok, problem } from "../../../../../scripts/ecr/doctor/finding";

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
