import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { minimal, only } from "../../../support/environments/minimal";

const warningsFor = (imageGate: EnvironmentInput["imageGate"]) =>
  warningsOf(
    loadEnvironments(
      only({
        ...minimal,
        ecr: { repositories: { app: {}, tool: { scanOnPush: false } } },
        ...(imageGate && { imageGate }),
      }),
    ),
  ).filter((line) => line.includes("[gate-needs-scans]"));

test("warns of a repository that nothing scans, if the gate waits for its scans", () => {
  expect(warningsFor({ severity: "HIGH" })).toEqual([
    "environments/test.ts: ecr.repositories.tool.scanOnPush: imageGate refuses images whose scan is not done, and nothing scans images of this repository on a push. Remove scanOnPush: false, or start each scan by hand: npm run ecr -- rescan [gate-needs-scans]",
  ]);
  expect(warningsFor({ repositories: { tool: { severity: "LOW" } } })).toHaveLength(1);
});

test("does not warn where the gate needs no scan", () => {
  expect(warningsFor({ maxAgeDays: 30 })).toEqual([]);
  expect(warningsFor({ repositories: { app: { severity: "LOW" } } })).toEqual([]);
  expect(warningsFor(undefined)).toEqual([]);
});
