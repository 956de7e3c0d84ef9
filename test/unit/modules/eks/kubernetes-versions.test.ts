import { expect, test } from "vitest";
import { kubernetesVersions, supportOn } from "../../../../modules/eks/kubernetes-versions";

test.each([
  ["1.33", "2026-07-29T23:59:59Z", "standard"],
  ["1.33", "2026-07-30T00:00:00Z", "extended"],
  ["1.33", "2027-07-29T12:00:00Z", "extended"],
  ["1.33", "2027-07-30T00:00:00Z", "ended"],
  ["1.31", "2026-11-28T00:00:00Z", "ended"],
  ["1.24", "2026-11-28T00:00:00Z", "ended"],
  ["1.35", "2026-11-28T00:00:00Z", "standard"],
  ["1.36", "2026-11-28T00:00:00Z", "unknown"],
  ["1.99", "2026-11-28T00:00:00Z", "unknown"],
] as const)("the support of Kubernetes %s at %s is %s", (version, day, expected) => {
  expect(supportOn(new Date(day), version)).toBe(expected);
});

test("extended support lasts a year from the end of standard support", () => {
  for (const { standard, extended } of Object.values(kubernetesVersions))
    expect(extended).toBe(`${Number(standard.slice(0, 4)) + 1}${standard.slice(4)}`);
});
