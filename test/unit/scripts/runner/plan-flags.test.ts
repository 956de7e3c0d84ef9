import { expect, test } from "vitest";
import { applyFlags, whyNotPassed } from "../../../../scripts/runner/plan-flags";

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

const why = (line: string, asks = true) => whyNotPassed(line.split(" "), { asks });

test.each(["-out=a", "--out=a", "-out a"])("fails when a plan is to be saved: %s", (line) => {
  expect(why(`-parallelism=2 ${line}`)).toBe(
    `${line.split(" ")[0]} is refused, for no plan is kept; to keep one: terraform -chdir=<folder that synth lists> plan -out=<file>`,
  );
});

test.each([
  ["prod", "prod"],
  ["-parallelism=2 prod", "prod"],
  ["-refresh=false -json prod", "prod"],
  ["-target=a b", "b"],
  ["-target a b", "b"],
])("fails when a word is neither a flag nor the value of one: %s", (line, word) => {
  expect(why(line)).toBe(
    `"${word}" is no flag, and there is one environment in a run; write the value of a flag as -flag=value.`,
  );
});

test("fails when a command that changes nothing is to approve it", () => {
  expect(["--auto-approve", "-auto-approve=true"].map((word) => why(word, false))).toEqual([
    "Nothing is changed, so there is nothing to approve; leave --auto-approve out.",
    "Nothing is changed, so there is nothing to approve; leave -auto-approve=true out.",
  ]);
});

test("every other flag is left to Terraform, with its value", () => {
  const line =
    "-target=out -outer=1 -var a=b --var-file x -target y -replace z -parallelism 2 -lock-timeout 5m -unknown";

  expect([why(line), whyNotPassed([], { asks: true })]).toEqual([undefined, undefined]);
});
