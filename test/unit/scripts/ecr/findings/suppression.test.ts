import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Finding } from "../../../../../scripts/ecr/findings/finding";
import { idleText, suppress } from "../../../../../scripts/ecr/findings/suppress";
import { type Suppression, suppressionsIn } from "../../../../../scripts/ecr/findings/suppression-file";

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "suppressions-"));
  file = join(folder, "suppressions.json");
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (content: unknown) => {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return suppressionsIn(file);
};
const entry = { id: "CVE-2024-1", reason: "the code is not reachable", expires: "2027-01-31" };

test("a file is read, and each entry knows its place", () => {
  expect(read({ suppressions: [entry, { ...entry, package: "openssl", repository: "web-app" }] })).toEqual([
    { ...entry, source: `${file}: suppressions[0]` },
    { ...entry, package: "openssl", repository: "web-app", source: `${file}: suppressions[1]` },
  ]);
});

test("every problem of a file is reported at once", () => {
  const broken = () =>
    read({
      suppressions: [
        { ...entry, reason: "short" },
        { ...entry, expires: "2027-02-30" },
        { id: "", reason: entry.reason, expires: "tomorrow", packages: "x" },
        { ...entry, id: undefined },
      ],
    });

  expect(broken).toThrow(/suppressions\[0\]\.reason: found "short"; a suppression needs a reason/);
  expect(broken).toThrow(/suppressions\[1\]\.expires: found "2027-02-30"; a date has the form YYYY-MM-DD/);
  expect(broken).toThrow(/suppressions\[2\]\.id: found ""/);
  expect(broken).toThrow(
    /suppressions\[2\]\.packages: found "x"; this option does not exist; did you mean "package"/,
  );
  expect(broken).toThrow(/suppressions\[3\]\.id: found nothing/);
});

test.each([
  ["no JSON", "{", /this is not JSON/],
  ["a key twice", '{"suppressions": [], "suppressions": []}', /suppressions/],
  ["a list", [], /this must be an object/],
])("%s is refused with the file's name", (_, content, message) => {
  expect(() => read(content)).toThrow(message);
});

test("a file that is not there is refused", () => {
  expect(() => suppressionsIn(join(folder, "none.json"))).toThrow(/--suppress: .*none\.json cannot be read/);
});

const ids = fc.constantFrom("CVE-1", "CVE-2", "CVE-3");
const packageNames = fc.constantFrom("openssl", "zlib");
const finding = fc.record({ id: ids, names: fc.array(packageNames, { maxLength: 2 }) }).map(
  ({ id, names }): Finding => ({
    ...{ id, severity: "HIGH", description: "", fix: "yes", exploit: undefined, score: undefined },
    ...{ url: undefined, firstSeen: undefined, packages: names.map((name) => ({ name })) },
  }),
);
const suppression = fc
  .record({
    id: ids,
    package: fc.option(packageNames, { nil: undefined }),
    repository: fc.option(fc.constantFrom("web-app", "worker"), { nil: undefined }),
    expires: fc.constantFrom("2026-01-01", "2026-06-15", "2026-12-31"),
  })
  .map(
    ({ id, expires, package: name, repository }): Omit<Suppression, "source"> => ({
      ...{ id, expires, reason: "accepted for now" },
      ...(name !== undefined && { package: name }),
      ...(repository !== undefined && { repository }),
    }),
  );

/** The rules as the help has them, said once more. */
function model(one: Finding, entries: readonly Suppression[], today: string): boolean {
  return entries.some((candidate) => {
    if (candidate.repository !== undefined && candidate.repository !== "web-app") return false;
    if (candidate.id !== one.id || today > candidate.expires) return false;
    if (candidate.package === undefined) return true;
    return one.packages.length > 0 && new Set(one.packages.map(({ name }) => name)).size === 1
      ? one.packages[0]?.name === candidate.package
      : false;
  });
}

test("an entry suppresses until the end of its day, and never a finding with another package", () => {
  fc.assert(
    fc.property(
      fc.array(finding, { maxLength: 6 }),
      fc.array(suppression, { maxLength: 6 }),
      fc.constantFrom("2026-01-01", "2026-01-02", "2026-06-15", "2026-12-31", "2027-01-01"),
      (found, drafts, today) => {
        const entries = drafts.map((draft, index) => ({ ...draft, source: `f: suppressions[${index}]` }));
        const { findings, idle } = suppress(found, entries, "web-app", today);
        expect(findings.map(({ suppressedBy }) => suppressedBy !== undefined)).toEqual(
          found.map((one) => model(one, entries, today)),
        );
        for (const { suppression: idleEntry, why } of idle) {
          expect(findings.some(({ suppressedBy }) => suppressedBy === idleEntry)).toBe(false);
          expect(why === "expired").toBe(today > idleEntry.expires);
        }
        const expired = entries.filter(
          ({ expires, repository }) => today > expires && repository !== "worker",
        );
        expect(idle.filter(({ why }) => why === "expired")).toHaveLength(expired.length);
      },
    ),
    { numRuns: 500 },
  );
});

test("an entry without use says what to do", () => {
  const source = "s.json: suppressions[0]";
  const [expired, unmatched] = [
    suppress([], [{ ...entry, source }], "web-app", "2027-02-01").idle[0],
    suppress([], [{ ...entry, package: "zlib", source }], "web-app", "2027-01-31").idle[0],
  ];
  expect(expired && idleText(expired)).toBe(
    `${source}: the suppression of CVE-2024-1 expired on 2027-01-31; fix the finding, or give the entry a new date.`,
  );
  expect(unmatched && idleText(unmatched)).toBe(
    `${source}: no finding of the image is CVE-2024-1 in zlib; remove the entry if no other image has it.`,
  );
});
