import fc from "fast-check";
import { expect, test } from "vitest";
import { asMarkdown, longestComment } from "../../../../../scripts/review/report/as-markdown";
import { asText } from "../../../../../scripts/review/report/as-text";
import type { Stacks } from "../../../../../scripts/review/revisions/stack-json";
import { guide } from "../../../../support/environments/guide";
import { only } from "../../../../support/environments/minimal";
import { type RepositoryInput, withRepository } from "../../../../support/environments/one-repository";
import { everyConsumer } from "../../../../support/every-consumer";
import { runs } from "../../../../support/property-runs";
import { partOn, reportBetween, stacksOf } from "../../../../support/review/edited-stacks";

const guideStacks = stacksOf(guide);
const allStacks = { ...guideStacks, ...stacksOf(only(everyConsumer)) };

/** The report on a change of one repository, without its first two and last two lines. */
function textOf(before: RepositoryInput, after: RepositoryInput): string {
  const [base, head] = [before, after].map((options) => stacksOf(withRepository(options)));
  return asText(reportBetween(base ?? {}, head ?? {}))
    .split("\n")
    .slice(3, -3)
    .join("\n");
}

test("a revision compared with itself has no changes", () => {
  const report = reportBetween(allStacks, allStacks);

  expect(asText(report)).toBe("No changes.\nmain -> work\n");
  expect(report.stacks.filter(({ status }) => status !== "unchanged")).toEqual([]);
});

/** How often a report reads the resources of a stack with repositories, with so many stacks of registries. */
function readsOfResources(registries: number): number {
  const compute = guideStacks["compute-dev"];
  const registry = Object.entries(guideStacks).find(([name]) => name.startsWith("registry-"))?.[1] ?? {};
  const others = Array.from({ length: registries }, (_, index) => [`registry-${index}`, { ...registry }]);
  let reads = 0;
  const counted = {
    ...compute,
    get resource() {
      reads += 1;
      return compute?.resource ?? {};
    },
  };
  const stacks: Stacks = { ...Object.fromEntries(others), "compute-dev": counted };
  reportBetween(stacks, stacks);
  return reads;
}

test("the resources of a stack are read as often, however many registries there are", () => {
  expect(readsOfResources(1)).toBeGreaterThan(0);
  expect(readsOfResources(9)).toBe(readsOfResources(1));
});

/** The same JSON with keys, provider configurations, statements and rules of documents in another order. */
function shuffled(value: unknown, random: () => number, key = ""): unknown {
  const swap = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, rank: random() }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  if (typeof value === "string" && value.startsWith('{"'))
    return JSON.stringify(shuffled(JSON.parse(value), random));
  if (Array.isArray(value)) {
    const items = value.map((item) => shuffled(item, random));
    const isSet = ["Statement", "Action", "Resource", "aws", "rules", "subnet_ids", "repository_filter"];
    return isSet.includes(key) && !items.some((item) => Object.hasOwn(Object(item), "tagStatus"))
      ? swap(items)
      : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    swap(Object.entries(value)).map(([name, inner]) => [name, shuffled(inner, random, name)]),
  );
}

test("the order of keys, statements, sets and stacks is no change", () => {
  // In these stacks, the registries replicate nothing: the filters of replication are a list.
  const { "registry-987654321098-us-east-1": _, ...stacks } = allStacks;
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      let state = seed;
      // https://en.wikipedia.org/wiki/Linear_congruential_generator
      const random = () => {
        state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
        return state;
      };
      const report = reportBetween(stacks, shuffled(stacks, random) as Stacks);

      expect(asText(report)).toBe("No changes.\nmain -> work\n");
    }),
    { numRuns: 2 + runs(8) },
  );
});

test("the table counts what a recount of two revisions finds", () => {
  const names = Object.keys(guideStacks);
  const addresses = (stacks: Stacks, stack: string): string[] =>
    Object.entries(stacks[stack]?.resource ?? {}).flatMap(([type, of]) =>
      Object.keys(of).map((name) => `${type}.${name}`),
    );
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(), fc.nat(), (stack, first, second) => {
      const before = Object.fromEntries(Object.entries(guideStacks).filter(([name]) => name === stack));
      const all = addresses(before, stack);
      const removed = [...new Set([first, second].map((index) => all[index % all.length]))];
      const edited = structuredClone(before) as Record<string, { resource: Record<string, unknown> }>;
      for (const address of removed) {
        const [type = "", name = ""] = (address ?? "").split(".");
        delete (edited[stack]?.resource[type] as Record<string, object> | undefined)?.[name];
      }
      const deletions = partOn(stack, reportBetween(before, edited as unknown as Stacks));
      const creations = partOn(stack, reportBetween(edited as unknown as Stacks, before));

      expect([deletions.counts.delete, deletions.counts.create]).toEqual([removed.length, 0]);
      const deleted = deletions.changes.filter(({ action }) => action === "delete");
      expect(deleted.map(({ address }) => address)).toEqual(removed.toSorted());
      expect([creations.counts.delete, creations.counts.create]).toEqual([0, removed.length]);
    }),
    { numRuns: runs(20) },
  );
});

test("a repository with other encryption is replaced, and its policies stay", () => {
  const [base, head] = (["AES256", "KMS"] as const).map((encryptionType) =>
    stacksOf(withRepository({ maxImageCount: 5 }, { ecr: { encryptionType } })),
  );
  const report = reportBetween(base ?? {}, head ?? {});

  expect(report.verdict).toMatchInlineSnapshot(`
    {
      "blocked": false,
      "risky": true,
      "text": "Risky: 1 resource with content is lost; 1 to replace in 1 stack.",
    }
  `);
  expect(partOn("compute-test", report).changes.map(({ address, action }) => [address, action])).toEqual([
    ["aws_ecr_repository.app", "replace"],
  ]);
});

test("what becomes weaker and who gains access comes first", () => {
  expect(
    textOf(
      { imageTagMutability: "IMMUTABLE", maxImageCount: 50 },
      {
        imageTagMutability: "MUTABLE",
        maxImageCount: 5,
        enableCrossAccountAccess: true,
        allowedAccountIds: ["444455556666"],
      },
    ),
  ).toMatchInlineSnapshot(`
    "Stacks
    ┌──────────────┬─────────┬────────┬────────┬─────────┬────────┐
    │ stack        │ status  │ create │ update │ replace │ delete │
    │ compute-test │ changed │ 1      │ 1      │ 1       │ 0      │
    └──────────────┴─────────┴────────┴────────┴─────────┴────────┘

    Weaker settings
    compute-test: acme-test-app (aws_ecr_lifecycle_policy.app): rule 1 (expire, any): imageCountMoreThan 50 -> 5; it will apply to images that it keeps now.
    compute-test: acme-test-app (aws_ecr_repository.app): image_tag_mutability: "IMMUTABLE" -> "MUTABLE"; tags that were immutable can be overwritten.
    compute-test: acme-test-app (aws_ecr_repository_policy.app): account 444455556666 gains ecr:BatchGetImage, ecr:GetDownloadUrlForLayer.

    Access
    acme-test-app (aws_ecr_repository_policy.app): account 444455556666 gains ecr:BatchGetImage, ecr:GetDownloadUrlForLayer

    Updated
    compute-test: acme-test-app (aws_ecr_repository.app)
      image_tag_mutability: "IMMUTABLE" -> "MUTABLE"

    Created
    compute-test: acme-test-app (aws_ecr_repository_policy.app)

    Harmless
    1 lifecycle policy replaced: this is how the AWS provider changes one."
  `);
});

test("a stack that is gone is named: no command destroys it any more", () => {
  const { "network-dev": _, ...head } = guideStacks;
  const report = reportBetween(guideStacks, head);

  expect(report.verdict).toEqual({
    blocked: false,
    risky: true,
    text: "Risky: 1 stack is abandoned; only outputs, tags or settings change in 1 stack.",
  });
  expect(asText(report)).toContain(
    "network-dev is gone from the environment files, but what it has created stays in AWS (23 resources). No command deploys or destroys it any more.",
  );
});

test("a comment has at most 65,536 characters, and says what it has no room for", () => {
  const [stack] = Object.values(stacksOf(withRepository({ maxImageCount: 5 })));
  const repositories = Object.fromEntries(
    Array.from({ length: 3_000 }, (_, index) => [`app-${index}`, { name: `acme-test-app-${index}` }]),
  );
  const many = { "compute-test": { ...stack, resource: { aws_ecr_repository: repositories } } };
  const gone = { "compute-test": { ...stack, resource: {} } };
  for (const [base, head] of [
    [many, gone],
    [gone, many],
  ] as const) {
    const markdown = asMarkdown(reportBetween(base, head));

    expect(markdown.length).toBeLessThanOrEqual(longestComment);
    expect(markdown.length).toBeGreaterThan(60_000);
    expect(markdown).toMatch(/This comment has no room for \d+ lines of "(Destroyed and replaced|Created)"/);
  }
});

test("texts of the stacks are neither Markdown, HTML nor a mention, and control nothing", () => {
  const hostile = "``` <img src=x> @org/team | **x** [a](b) \u001b[2J \u202e";
  const stack = (name: string) => ({ "compute-test": { resource: { aws_sqs_queue: { q: { name } } } } });
  const report = reportBetween(stack("old"), stack(hostile));
  const markdown = asMarkdown(report);

  expect(markdown).toContain("````text\n");
  expect([asText(report), markdown].filter((text) => /\p{Cf}|(?!\n)\p{Cc}/u.test(text))).toEqual([]);
});
