import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { GateException } from "../../../../../environments/options/image-gate";
import { type GateResult, idleExceptions } from "../../../../../scripts/ecr/gate/gate-images";
import { gateText } from "../../../../../scripts/ecr/gate/gate-output";
import { gateExitCode } from "../../../../../scripts/ecr/gate/judge-image";
import { minimal, only } from "../../../../support/environments/minimal";

const digestOf = (digit: number) => `sha256:${String(digit).repeat(64)}`;
const now = new Date("2027-03-01T12:00:00Z");
const [environment] = loadEnvironments(only({ ...minimal, imageGate: {} }));
if (environment?.imageGate === undefined) throw new Error("no gate");
const { imageGate } = environment;
const rules = {
  severity: "HIGH",
  maxAgeDays: undefined,
  requireSignature: false,
  requireArchitecture: true,
} as const;

const exception = (more: Partial<GateException>): GateException => ({
  ...{ digest: digestOf(1), check: "signature", reason: "Signed elsewhere.", expires: "2027-03-01", ...more },
});
const result = (
  digit: number,
  used: readonly GateException[] = [],
  state: "done" | "waiting" = "done",
): GateResult => ({
  ...{ label: `app:v${digit}`, rules, problems: [], used: new Set(used) },
  image: {
    ...{ digest: digestOf(digit), pushedAt: undefined, signatures: 0 },
    platforms: [
      {
        ...{ digest: digestOf(digit), name: "linux/amd64", findings: [] },
        scan: state === "done" ? { state, counts: {} } : { state, reason: "PENDING" },
      },
    ],
  },
});
const idle = (exceptions: readonly GateException[], results: readonly GateResult[], all: boolean) =>
  idleExceptions({ ...imageGate, exceptions: [...exceptions] }, results, all, now).map(({ index, why }) => [
    index,
    why,
  ]);

test("an exception that has expired or set nothing aside is reported, and one that did is not", () => {
  const [used, expired, unused] = [
    exception({}),
    exception({ expires: "2027-02-28" }),
    exception({ check: "age" }),
  ];

  expect(idle([used, expired, unused], [result(1, [used])], false)).toEqual([
    [1, "expired"],
    [2, "unused"],
  ]);
});

test("an exception for another image is idle only if all images were looked at", () => {
  const other = exception({ digest: digestOf(2) });
  const unread: GateResult = { ...result(3), image: undefined };

  expect(idle([other], [result(1)], false)).toEqual([]);
  expect(idle([other], [result(1)], true)).toEqual([[0, "unused"]]);
  expect(idle([other], [result(1), unread], true)).toEqual([]);
});

test("whether an exception for a finding is needed is open until the scan is done", () => {
  const finding = exception({ check: "findings", finding: "CVE-1" });

  expect(idle([finding], [result(1, [], "waiting")], false)).toEqual([]);
  expect(idle([finding], [result(1)], false)).toEqual([[0, "unused"]]);
});

test("every problem has a line, and then what to do", () => {
  const refused: GateResult = {
    ...result(1),
    problems: [
      { check: "signature", kind: "refused", text: "has no signature in its repository" },
      { check: "scan", kind: "unjudged", text: "has no finished scan: PENDING" },
    ],
  };
  const results = [refused, result(2)];

  expect(gateExitCode(results)).toBe(2);
  expect(gateText(environment, results, [])).toMatchInlineSnapshot(`
    "app:v1 is refused: it has no signature in its repository
    app:v1 cannot be judged: it has no finished scan: PENDING
    app:v2 passes (sha256:2222222222222222222222222222222222222222222222222222222222222222).
    Deploy another image, or add the digest with a reason and a day to imageGate.exceptions in environments/test.ts.
    "
  `);
});
