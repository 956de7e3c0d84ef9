import fc from "fast-check";
import { expect, test } from "vitest";
import type { GateException } from "../../../../../environments/options/image-gate";
import type { GateRules } from "../../../../../environments/plan/image-gate";
import { type GatedImage, gateExitCode, judgeImage } from "../../../../../scripts/ecr/gate/judge-image";
import { runs } from "../../../../support/property-runs";

const digestOf = (digit: number) => `sha256:${String(digit).repeat(64)}`;
const now = new Date("2027-03-01T12:00:00Z");
const day = 24 * 60 * 60 * 1000;
const rules: GateRules = {
  severity: "HIGH",
  maxAgeDays: 30,
  requireSignature: true,
  requireArchitecture: true,
};
const wanted = [{ platform: "linux/amd64" as const, by: 'ECS service "web"' }];
const done = (counts: Record<string, number> = {}) => ({ state: "done" as const, counts });
const good: GatedImage = {
  digest: digestOf(1),
  pushedAt: new Date(now.getTime() - 30 * day),
  signatures: 1,
  platforms: [{ digest: digestOf(1), name: "linux/amd64", scan: done({ MEDIUM: 3 }), findings: [] }],
};
const exception = (more: Partial<GateException>): GateException => ({
  ...{ digest: digestOf(1), check: "findings", reason: "Not reachable.", expires: "2027-03-01", ...more },
});
const judge = (image: Partial<GatedImage>, exceptions: readonly GateException[] = []) =>
  judgeImage({ ...good, ...image }, { rules, wanted, exceptions, now });
const textsOf = (image: Partial<GatedImage>, exceptions: readonly GateException[] = []) =>
  judge(image, exceptions).problems.map(({ check, kind, text }) => `${check} ${kind}: ${text}`);
const bad: Partial<GatedImage> = {
  pushedAt: new Date(now.getTime() - 31 * day),
  signatures: 0,
  platforms: [
    {
      digest: digestOf(2),
      name: "linux/arm64",
      scan: done({ HIGH: 2, LOW: 1 }),
      findings: [
        { id: "CVE-2", severity: "HIGH" },
        { id: "CVE-1", severity: "HIGH" },
      ],
    },
    {
      digest: digestOf(3),
      name: "linux/arm64/v8",
      scan: { state: "waiting", reason: "PENDING" },
      findings: [],
    },
  ],
};

test("an image at every limit passes", () => {
  expect(judge({})).toEqual({ problems: [], used: new Set() });
});

test("every problem of an image is reported", () => {
  expect(textsOf(bad)).toEqual([
    "findings refused: for linux/arm64 has 2 findings that are HIGH or worse: CVE-1, CVE-2",
    "scan unjudged: for linux/arm64/v8 has no finished scan: PENDING",
    "signature refused: has no signature in its repository",
    "age refused: was pushed 31 days ago, and 30 days are allowed",
    'architecture refused: is for linux/arm64, linux/arm64/v8, and ECS service "web" runs on linux/amd64',
  ]);
});

test("what is not known does not pass", () => {
  const unknown = { digest: digestOf(1), name: "", scan: done(), findings: [] };
  expect(textsOf({ pushedAt: undefined, platforms: [unknown] })).toEqual([
    "age unjudged: has no push time",
    'architecture unjudged: does not say which architecture it is for, and ECS service "web" runs on linux/amd64',
  ]);
  expect(textsOf({ platforms: [] }).join()).toContain("scan unjudged: has no image in its manifest list");
});

test("an exception counts up to its last day, for its digest, check and finding only", () => {
  const found = { ...good.platforms[0], digest: digestOf(2), name: "linux/amd64" } as const;
  const image = {
    platforms: [{ ...found, scan: done({ HIGH: 1 }), findings: [{ id: "CVE-1", severity: "HIGH" }] }],
  };
  const passes = (more: Partial<GateException>) => judge(image, [exception(more)]).problems.length === 0;

  expect(passes({})).toBe(true);
  expect(passes({ digest: digestOf(2), finding: "CVE-1" })).toBe(true);
  expect(passes({ finding: "CVE-2" })).toBe(false);
  expect(passes({ expires: "2027-02-28" })).toBe(false);
  expect(passes({ digest: digestOf(3) })).toBe(false);
  expect(passes({ check: "scan" })).toBe(false);
});

test("findings that ECR counts and does not list refuse, whatever is excepted", () => {
  const platform = {
    ...good.platforms[0],
    digest: digestOf(1),
    name: "linux/amd64",
    scan: done({ CRITICAL: 2 }),
  };
  const listed = { platforms: [{ ...platform, findings: [{ id: "CVE-1", severity: "CRITICAL" }] }] };

  expect(textsOf(listed, [exception({ finding: "CVE-1" })])).toEqual([
    "findings refused: has 1 finding that is HIGH or worse",
  ]);
});

test("an image that cannot be judged ends with 1, one that is refused with 2", () => {
  const [waiting] = judge({ pushedAt: undefined }).problems;
  const [signature] = judge({ signatures: 0 }).problems;
  const verdictOf = (...problems: (typeof waiting)[]) => ({ problems: problems.flatMap((one) => one ?? []) });

  expect(gateExitCode([verdictOf()])).toBe(0);
  expect(gateExitCode([verdictOf(waiting), verdictOf()])).toBe(1);
  expect(gateExitCode([verdictOf(waiting), verdictOf(signature)])).toBe(2);
});

const checks = ["findings", "scan", "signature", "age", "architecture"] as const;
const severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "NEW"] as const;
const digests = fc.constantFrom(...[1, 2, 3, 4].map(digestOf));
const finding = fc.record({
  id: fc.constantFrom("CVE-1", "CVE-2"),
  severity: fc.constantFrom(...severities),
});
const platform = fc
  .record({
    digest: digests,
    name: fc.constantFrom("", "linux/amd64", "linux/arm64/v8"),
    state: fc.constantFrom("done", "waiting"),
    findings: fc.array(finding, { maxLength: 3 }),
    unlisted: fc.constantFrom(0, 0, 0, 1),
  })
  .map(({ state, findings, unlisted, ...rest }) => ({
    ...rest,
    findings: state === "done" ? findings : [],
    scan:
      state === "done"
        ? done({ ...countOf(findings), HIGH: (countOf(findings)["HIGH"] ?? 0) + unlisted })
        : { state: "waiting" as const, reason: "PENDING" },
  }));

function countOf(findings: readonly { readonly severity: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

/** The checks that fail, said the other way round: each is a condition on the image, and an exception a set of what it covers. */
function failingChecks(
  image: GatedImage,
  given: GateRules,
  exceptions: readonly GateException[],
): Set<string> {
  const covers = (check: string, names: readonly string[], id?: string) =>
    exceptions.some(
      (one) =>
        Date.parse(`${one.expires}T23:59:59.999Z`) >= now.getTime() &&
        one.check === check &&
        names.includes(one.digest) &&
        (one.finding === undefined || one.finding === id),
    );
  const bad = (severity: string) =>
    given.severity === "HIGH"
      ? !["MEDIUM", "LOW"].includes(severity)
      : ["CRITICAL", "NEW"].includes(severity);
  const found = new Set<string>();
  if (given.severity !== undefined) {
    if (image.platforms.length === 0 && !covers("scan", [image.digest])) found.add("scan");
    for (const { digest, scan, findings } of image.platforms) {
      const names = [image.digest, digest];
      if (scan.state !== "done") {
        if (!covers("scan", names)) found.add("scan");
        continue;
      }
      if (findings.some(({ severity, id }) => bad(severity) && !covers("findings", names, id)))
        found.add("findings");
      for (const [severity, count = 0] of Object.entries(scan.counts))
        if (bad(severity) && count > findings.filter((one) => one.severity === severity).length)
          if (!covers("findings", names)) found.add("findings");
    }
  }
  const of = (check: string, fails: boolean) => fails && !covers(check, [image.digest]) && found.add(check);
  of("signature", given.requireSignature && image.signatures < 1);
  const age =
    image.pushedAt === undefined
      ? Number.POSITIVE_INFINITY
      : (now.getTime() - image.pushedAt.getTime()) / day;
  of("age", given.maxAgeDays !== undefined && age > given.maxAgeDays);
  of(
    "architecture",
    given.requireArchitecture && !image.platforms.some(({ name }) => name === "linux/amd64"),
  );
  return found;
}

test("the gate agrees with a model, and each exception that it counts as used makes a difference", () => {
  const images: fc.Arbitrary<GatedImage> = fc.record({
    digest: digests,
    pushedAt: fc.constantFrom(undefined, ...[0, 30, 31].map((days) => new Date(now.getTime() - days * day))),
    signatures: fc.nat({ max: 2 }),
    platforms: fc.array(platform, { maxLength: 3 }),
  });
  const given: fc.Arbitrary<GateRules> = fc.record({
    severity: fc.constantFrom(undefined, "CRITICAL", "HIGH"),
    maxAgeDays: fc.constantFrom(undefined, 30),
    requireSignature: fc.boolean(),
    requireArchitecture: fc.boolean(),
  });
  const exceptions = fc.array(
    fc
      .record({
        digest: digests,
        check: fc.constantFrom(...checks),
        expires: fc.constantFrom("2027-02-28", "2027-03-01"),
        finding: fc.constantFrom(undefined, "CVE-1"),
      })
      .map(({ finding: id, ...one }) =>
        exception({ ...one, ...(one.check === "findings" && id !== undefined && { finding: id }) }),
      ),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(images, given, exceptions, (image, these, exempt) => {
      const { problems, used } = judgeImage(image, { rules: these, wanted, exceptions: exempt, now });
      const model = failingChecks(image, these, exempt);
      const without = failingChecks(image, these, []);
      return (
        [...new Set(problems.map(({ check }) => check))].toSorted().join() === [...model].toSorted().join() &&
        [...used].every(({ check }) => without.has(check)) &&
        [...without].every((check) => model.has(check) || [...used].some((one) => one.check === check))
      );
    }),
    { numRuns: runs(2000) },
  );
});
