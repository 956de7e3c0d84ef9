import fc from "fast-check";
import { expect, test } from "vitest";
import { asHtml } from "../../../../../scripts/review/report/as-html";
import type { Change } from "../../../../../scripts/review/report/change";
import { element, trusted } from "../../../../../scripts/review/report/html/markup";
import type { Report } from "../../../../../scripts/review/report/report";
import { guide } from "../../../../support/environments/guide";
import { withRepository } from "../../../../support/environments/one-repository";
import { runs } from "../../../../support/property-runs";
import { partOn, reportBetween, stacksOf } from "../../../../support/review/edited-stacks";

const risky = reportBetween(
  stacksOf(
    withRepository(
      { imageTagMutability: "IMMUTABLE", maxImageCount: 50 },
      { ecr: { encryptionType: "KMS" } },
    ),
  ),
  stacksOf(
    withRepository(
      {
        imageTagMutability: "MUTABLE",
        maxImageCount: 5,
        pullRoleArns: ["arn:aws:iam::210987654321:role/reader"],
      },
      { ecr: { encryptionType: "AES256" } },
    ),
  ),
);

/** The tags of a page with their attributes, without the texts between them. */
const skeleton = (html: string): string => html.replace(/="[^"]*"/g, "").replace(/>[^<]*</g, "><");

const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></code><h1>",
    "' onclick='x",
    "<!--",
    "]]>",
    "&lt;b&gt;",
    "javascript:alert(1)",
    "\u202eevil",
    "\u0000<a>",
    "  <b>indented</b>",
  ),
);

/** The same report with every text of the stacks replaced. */
function withTexts(report: Report, text: (old: string) => string): Report {
  const kept = new Set(["source", "status", "action", "verb", "harmless", "effect", "type"]);
  const replaced = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return kept.has(key) ? value : text(value);
    if (Array.isArray(value)) return value.map((item) => replaced(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, name)]));
  };
  return replaced(report) as Report;
}

test("no text of a stack becomes markup", () => {
  // Names stay different, so that the same lines are grouped.
  const plain = new Map<string, string>();
  const named = (old: string) => plain.get(old) ?? plain.set(old, `n${plain.size}`).get(old) ?? "";
  const expected = skeleton(asHtml(withTexts(risky, named)));

  fc.assert(
    fc.property(hostile, (word) => {
      // A text that begins with a space or holds an arrow is laid out as another kind of line.
      const html = asHtml(
        withTexts(risky, (old) => `${named(old)}${word.replaceAll("->", "").replaceAll("\n", "")}`),
      );
      expect(skeleton(html)).toBe(expected);
    }),
    { numRuns: runs(300) },
  );
});

test("an element has the text that was given, as text and as attribute", () => {
  const decoded = (html: string) =>
    html.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
      const html = element("a", { title: text }, text).toString();
      const [, attribute, content] = /^<a title="([^"<>]*)">([^<>]*)<\/a>$/.exec(html) ?? [];
      expect([decoded(attribute ?? ""), decoded(content ?? "")]).toEqual([text, text]);
    }),
  );
  expect(String(element("p", { hidden: true, open: false }, "a", [trusted("<b></b>")]))).toBe(
    "<p hidden>a<b></b></p>",
  );
});

test("the page loads nothing and has no script", () => {
  const html = asHtml(risky);

  expect(html).toMatch(
    /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/,
  );
  expect(html).not.toMatch(/<(?:script|link|iframe|img|object|embed|form)\b/);
  expect(html).not.toMatch(/\s(?:src|href|srcset|action|style|on\w+)=/);
  expect(html).not.toMatch(/url\(|@import/);
});

test("the verdict comes first, and what is destroyed is never folded", () => {
  const html = asHtml(risky);
  const titles = [...html.matchAll(/<details class="([^"]*)"( open)?><summary><h2>([^<]*)/g)].map(
    ([, kind, open, title]) => `${title}${open ? "" : " (folded)"}${kind === "part" ? "" : "!"}`,
  );

  expect(html.indexOf(risky.verdict.text)).toBeLessThan(html.indexOf("<h2>"));
  expect(titles).toMatchInlineSnapshot(`
    [
      "Stacks",
      "Destroyed and replaced!",
      "Weaker settings",
      "Access",
      "Created (folded)",
      "Harmless (folded)",
      "Unchanged stacks (folded)",
    ]
  `);
});

test("a review without changes says so in one line", () => {
  const stacks = stacksOf(guide);
  const html = asHtml(reportBetween(stacks, stacks));

  expect(html).toContain("<h1>No changes.</h1>");
  expect(html).not.toContain("<details open");
});

test("ten thousand resources are one page, in a time that does not grow with their square", () => {
  const part = partOn("compute-test", risky);
  const changes = Array.from({ length: 10_000 }, (_, index): Change => {
    const address = `aws_ecr_repository.r${index}`;
    const texts = { stack: part.stack, address, type: "aws_ecr_repository", name: address };
    return { ...texts, action: "create", attributes: [], reasons: [] };
  });
  const start = performance.now();
  const html = asHtml({ ...risky, stacks: [{ ...part, changes }] });

  expect(html).toContain("aws_ecr_repository.r9999");
  expect(performance.now() - start).toBeLessThan(60_000);
});
