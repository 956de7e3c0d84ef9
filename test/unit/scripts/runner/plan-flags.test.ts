import { expect, test } from "vitest";
import { applyFlags, whyRefused } from "../../../../scripts/runner/plan-flags";

test("apply gets the flags that it accepts, with their values", () => {
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

test("flags that change the plan are not passed to apply", () => {
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

const why = (line: string, asks = true) => whyRefused(line.split(" "), { asks });

test.each(["-out=a", "--out=a", "-out a"])("fails when a flag saves the plan: %s", (line) => {
  expect(why(`-parallelism=2 ${line}`)).toBe(
    `${line.split(" ")[0]} is refused, because no plan is kept; to keep one, run terraform -chdir=<folder that synth lists> plan -out=<file>`,
  );
});

test.each([
  ["prod", "prod"],
  ["-parallelism=2 prod", "prod"],
  ["-refresh=false -json prod", "prod"],
  ["-target=a b", "b"],
  ["-target a b", "b"],
])("fails when an argument is neither a flag nor its value: %s", (line, word) => {
  expect(why(line)).toBe(
    `"${word}" is not a flag, and a run takes one environment; write the value of a flag as -flag=value.`,
  );
});

test("fails when --auto-approve is given to a command that changes nothing", () => {
  expect(["--auto-approve", "-auto-approve=true"].map((word) => why(word, false))).toEqual([
    "This command changes nothing, so there is nothing to approve; remove --auto-approve.",
    "This command changes nothing, so there is nothing to approve; remove -auto-approve=true.",
  ]);
});

test("every other flag is passed to Terraform, with its value", () => {
  const line =
    "-target=out -outer=1 -var a=b --var-file x -target y -replace z -parallelism 2 -lock-timeout 5m -unknown";

  expect([why(line), whyRefused([], { asks: true })]).toEqual([undefined, undefined]);
});
