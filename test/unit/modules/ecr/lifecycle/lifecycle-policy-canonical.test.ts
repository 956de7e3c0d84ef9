import fc from "fast-check";
import { expect, test } from "vitest";
import { keepNewest, parseLifecyclePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-policy";
import { runs } from "../../../../support/property-runs";

/** The canonical text of a policy that is accepted. */
function textOf(policy: unknown): string {
  const parsed = parseLifecyclePolicy(typeof policy === "string" ? policy : JSON.stringify(policy));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.text;
}

const tags = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 4 });

const count = fc.oneof(
  fc.record({ countType: fc.constant("imageCountMoreThan"), countNumber: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({
    countType: fc.constant("sinceImagePushed"),
    countUnit: fc.constant("days"),
    countNumber: fc.integer({ min: 1, max: 1000 }),
  }),
);

/** Policies whose tag lists differ, so that ECR accepts them: only rule `n` has the tag `n`. */
const policies = fc
  .array(fc.record({ tags, count, prefixes: fc.boolean() }), { minLength: 1, maxLength: 5 })
  .map((drafts) =>
    drafts.map((draft, index) => ({
      rulePriority: index + 1,
      selection: {
        tagStatus: "tagged",
        [draft.prefixes ? "tagPrefixList" : "tagPatternList"]: [...draft.tags, `own${index}`],
        ...draft.count,
      },
      action: { type: "expire" },
    })),
  );

const reversedKeys = (value: unknown): unknown =>
  typeof value !== "object" || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, child]) => [key, reversedKeys(child)]),
      );

test("the text has rules by priority, sorted tags, and keys in the order of AWS", () => {
  const text = textOf({
    rules: [
      {
        action: { type: "expire" },
        selection: { countNumber: 5, countType: "imageCountMoreThan", tagStatus: "any" },
        rulePriority: 20,
      },
      {
        selection: {
          countUnit: "days",
          countNumber: 14,
          countType: "sinceImagePushed",
          tagPrefixList: ["rc", "beta"],
          tagStatus: "tagged",
        },
        description: "Expire previews",
        rulePriority: 10,
        action: { type: "expire" },
      },
    ],
  });

  expect(text).toMatchInlineSnapshot(
    `"{"rules":[{"rulePriority":10,"description":"Expire previews","selection":{"tagStatus":"tagged","tagPrefixList":["beta","rc"],"countType":"sinceImagePushed","countUnit":"days","countNumber":14},"action":{"type":"expire"}},{"rulePriority":20,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":5},"action":{"type":"expire"}}]}"`,
  );
});

test("the order of rules, keys and tags makes no difference", () => {
  fc.assert(
    fc.property(policies, (rules) => {
      const shuffled = rules.toReversed().map((rule) => {
        const { selection } = rule;
        const lists = Object.entries(selection).map(([key, value]) => [
          key,
          Array.isArray(value) ? value.toReversed() : value,
        ]);
        return reversedKeys({ ...rule, selection: Object.fromEntries(lists) });
      });

      expect(textOf({ rules: shuffled })).toBe(textOf({ rules }));
    }),
    { numRuns: runs(400) },
  );
});

test("the text of a policy is its own canonical form", () => {
  fc.assert(
    fc.property(policies, (rules) => {
      const text = textOf({ rules });

      expect(textOf(text)).toBe(text);
    }),
    { numRuns: runs(400) },
  );
});

test("the text of a policy has the content of the policy", () => {
  fc.assert(
    fc.property(policies, (rules) => {
      const sorted = rules.map(({ selection, ...rule }) => ({
        ...rule,
        selection: Object.fromEntries(
          Object.entries(selection).map(([key, value]) => [
            key,
            Array.isArray(value) ? value.toSorted() : value,
          ]),
        ),
      }));

      expect(JSON.parse(textOf({ rules }))).toEqual({ rules: sorted });
    }),
    { numRuns: runs(400) },
  );
});

test("the text of a policy has a length that ECR accepts and no null", () => {
  fc.assert(
    fc.property(policies, (rules) => {
      const text = textOf({ rules });

      expect(text.length).toBeGreaterThanOrEqual(100);
      expect(text.length).toBeLessThanOrEqual(30_720);
      expect(text).not.toContain("null");
    }),
    { numRuns: runs(400) },
  );
});

test("the shortest policy is long enough for ECR", () => {
  const selection = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 };

  const text = textOf({ rules: [{ rulePriority: 1, selection, action: { type: "expire" } }] });

  expect(text.length).toBeGreaterThanOrEqual(100);
});

test("keepNewest keeps that many images, whatever their tags", () => {
  const policy = keepNewest(50);

  expect(JSON.parse(policy)).toEqual({
    rules: [
      {
        rulePriority: 1,
        description: "Keep the 50 newest images",
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 50 },
        action: { type: "expire" },
      },
    ],
  });
});

test("keepNewest gives the canonical form for any count", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (images) => {
      const text = keepNewest(images);

      expect(textOf(text)).toBe(text);
      expect(text.length).toBeGreaterThanOrEqual(100);
    }),
  );
});
