import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  flagAcknowledgement,
  labelAcknowledgements,
} from "../../../../../scripts/review/gates/acknowledgement";
import { gates } from "../../../../../scripts/review/gates/all-gates";

const reason = "it was agreed with the team";

test("a flag names a gate, an address and a reason, and a stack if it has one", () => {
  expect(flagAcknowledgement(`scanning:aws_ecr_repository.a=${reason}=x`)).toEqual({
    ...{ gate: "scanning", address: "aws_ecr_repository.a", stacks: undefined },
    ...{ reason: `${reason}=x`, source: "--acknowledge" },
  });
  expect(flagAcknowledgement(`scanning:compute-dev/aws_ecr_repository.a=${reason}`).stacks).toEqual([
    "compute-dev",
  ]);
});

test.each([
  ["scanning", "is no acknowledgement; write gate:address=reason"],
  ["scanning:aws_ecr_repository.a", "is no acknowledgement"],
  [`scaning:a.b=${reason}`, '"scaning" is no gate; choose from repository-loss'],
  ["scanning:a.b=short", "needs a reason of at least 10 characters"],
])("fails when the flag is %s", (text, message) => {
  expect(() => flagAcknowledgement(text)).toThrow(message);
});

test("labels name gates; others mean nothing, and unknown gates are refused", () => {
  expect(labelAcknowledgements("bug, acknowledge/trust").map(({ gate, address }) => [gate, address])).toEqual(
    [["trust", undefined]],
  );
  expect(labelAcknowledgements("")).toEqual([]);
  expect(() => labelAcknowledgements("acknowledge/trusted")).toThrow("names no gate");
});

test("docs/reference/gates.md lists every gate with its severity and what it stops", () => {
  const page = readFileSync(join(__dirname, "../../../../../docs/reference/gates.md"), "utf8").replace(
    /\s+/g,
    " ",
  );
  const missing = gates
    .map(([name, { severity, stops }]) => `- \`${name}\` (${severity}): ${stops}`)
    .filter((row) => !page.includes(row));

  expect(missing).toEqual([]);
});
