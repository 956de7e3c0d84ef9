import { expect, test } from "vitest";
import { applyFlags, savesPlan } from "../../../scripts/plan-flags";

test("the apply gets the flags that it takes, with their values", () => {
  const flags = [
    "-parallelism=2",
    "--lock-timeout",
    "5m",
    "-lock=false",
    "-json",
    "-compact-warnings",
    "-input=false",
  ];

  expect(applyFlags(flags)).toEqual(flags);
});

test("what shapes the plan belongs to the plan alone", () => {
  const flags = [
    "-var=a=b",
    "-var",
    "a=b",
    "-var-file=x",
    "-target=aws_kms_key.a",
    "-replace=b",
    "-refresh=false",
  ];

  expect(applyFlags([...flags, "-destroy", "-refresh-only", "-detailed-exitcode"])).toEqual([]);
});

test("a flag that saves the plan is seen in every form", () => {
  expect(["-out=a", "--out=a", "-out"].map((flag) => savesPlan([flag]))).toEqual([true, true, true]);
  expect(savesPlan(["-target=out", "-outer=1", "out"])).toBe(false);
});
