import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { GatedEnvironment } from "../../../../../scripts/ecr/gate/gate-before-deploy";
import {
  type AskedOfFindings,
  judgedHere,
  promotionRules,
} from "../../../../../scripts/ecr/promote/promotion-verdict";
import { minimal, only } from "../../../../support/environments/minimal";

function rulesOf(imageGate: object, asked: AskedOfFindings) {
  const [environment] = loadEnvironments(
    only({ ...minimal, ecr: { repositories: { app: {}, tool: {} } }, imageGate }),
  );
  return promotionRules(environment as GatedEnvironment, "app", asked);
}
const severityOf = (inFile: string | undefined, severity: AskedOfFindings["severity"]) =>
  rulesOf(inFile === undefined ? {} : { severity: inFile }, { severity, accepted: false }).severity;

test("of two severities the stricter counts, and HIGH if there is none", () => {
  expect([severityOf(undefined, undefined), severityOf("CRITICAL", undefined)]).toEqual(["HIGH", "CRITICAL"]);
  expect([severityOf("MEDIUM", "CRITICAL"), severityOf("CRITICAL", "LOW")]).toEqual(["MEDIUM", "LOW"]);
  expect(severityOf(undefined, "CRITICAL")).toBe("CRITICAL");
});

test("the rules are those of the repository in the target, without the age", () => {
  const imageGate = { maxAgeDays: 3, requireSignature: true, repositories: { app: { severity: "LOW" } } };

  expect(rulesOf(imageGate, { accepted: false })).toEqual({
    ...{ severity: "LOW", maxAgeDays: undefined, requireSignature: true, requireArchitecture: true },
  });
});

test("findings can be accepted on the command line only if the file does not refuse them", () => {
  expect(rulesOf({ requireSignature: true }, { accepted: true, severity: "LOW" })).toMatchObject({
    ...{ severity: undefined, requireSignature: true },
  });
  expect(() => rulesOf({ severity: "HIGH" }, { accepted: true })).toThrow(
    "--accept-findings: imageGate of test refuses images with findings that are HIGH or worse; add the digest with a reason and a day to imageGate.exceptions in environments/test.ts",
  );
});

test("an exception for the age is not called useless by a promotion, which does not check the age", () => {
  const idle = (check: "age" | "findings", why: "expired" | "unused") => ({
    ...{ index: 0, why },
    exception: {
      check,
      digest: `sha256:${"1".repeat(64)}`,
      reason: "Rebuilt next week.",
      expires: "2027-03-01",
    },
  });

  expect(
    judgedHere([idle("age", "unused"), idle("age", "expired"), idle("findings", "unused")]).map(
      ({ exception, why }) => [exception.check, why],
    ),
  ).toEqual([
    ["age", "expired"],
    ["findings", "unused"],
  ]);
});
