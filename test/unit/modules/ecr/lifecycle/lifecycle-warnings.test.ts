import fc from "fast-check";
import { expect, test } from "vitest";
import { LifecyclePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-rule";
import { lifecycleWarnings } from "../../../../../modules/ecr/lifecycle/lifecycle-warnings";
import { rule, tagged } from "../../../../support/ecr/policy-rules";

const plain = { multiArchitecture: false, lambda: false };

/** The warnings of a policy: name, index of the rule, text. */
const warned = (rules: object[], use = plain) =>
  lifecycleWarnings(LifecyclePolicy.parse({ rules }), use).map(({ warning, rule: index, text }) => [
    warning,
    index,
    text,
  ]);

const names = (rules: object[], use = plain) =>
  warned(rules, use).map(([warning, index]) => [warning, index]);

/** Indexes of the rules that are shadowed. */
const shadowedIn = (rules: object[]) =>
  names(rules).flatMap(([warning, index]) => (warning === "lifecycle-rule-shadowed" ? [index] : []));

const prefixes = (priority: number, ...tagPrefixList: string[]) =>
  rule(priority, { tagStatus: "tagged", tagPrefixList });

test("warns of a rule that no tag can match", () => {
  expect(
    warned([tagged(1, ["v*", "git hash"]), prefixes(2, "prod*"), tagged(3, ["prod*"])]),
  ).toMatchInlineSnapshot(`
    [
      [
        "lifecycle-rule-matches-nothing",
        0,
        "This rule matches nothing: no tag can match "git hash": tags have up to 128 letters, digits, ".", "_" and "-", and do not start with "." or "-".",
      ],
      [
        "lifecycle-rule-matches-nothing",
        1,
        "This rule matches nothing: "prod*" is a prefix, in which * is not a wildcard, and no tag contains *; remove the * or use tagPatternList.",
      ],
      [
        "lifecycle-rule-shadowed",
        2,
        "This rule never acts: every image that it selects matches the tags of the earlier rule "tagged prod*…" (priority 2), and ECR lets no later rule act on such images.",
      ],
    ]
  `);
});

test("warns of a list whose entries cannot all be on one image in practice", () => {
  expect(
    warned([prefixes(1, "dev-", "staging-", "prod-"), tagged(2, ["v*", "latest"])]),
  ).toMatchInlineSnapshot(`
    [
      [
        "lifecycle-rule-needs-several-tags",
        0,
        "This rule selects only images with a tag for each entry of its list, and hardly any image has tags for both "dev-" and "staging-"; write one rule for each entry.",
      ],
    ]
  `);
});

test("warns of a rule that an earlier one keeps from acting, and names the earlier one", () => {
  expect(warned([tagged(1, ["prod*"]), tagged(2, ["prod-eu-*"]), rule(3)])).toMatchInlineSnapshot(`
    [
      [
        "lifecycle-rule-shadowed",
        1,
        "This rule never acts: every image that it selects matches the tags of the earlier rule "tagged prod*" (priority 1), and ECR lets no later rule act on such images.",
      ],
    ]
  `);
});

test.each([
  ["one of the patterns is enough", [tagged(1, ["a*"]), tagged(2, ["ab*", "c*"])], [1]],
  ["each pattern of the earlier rule must be met", [tagged(1, ["a*", "c*"]), tagged(2, ["ab*"])], []],
  ["a prefix covers a pattern", [prefixes(1, "v"), tagged(2, ["v1.*"])], [1]],
  ["a pattern covers a prefix", [tagged(1, ["v*"]), prefixes(2, "v1")], [1]],
  ["a pattern without a wildcard covers one tag", [tagged(1, ["v"]), tagged(2, ["v1"])], []],
  ["a later rule covers nothing", [tagged(2, ["a*"]), tagged(1, ["ab*"])], []],
  ["all tags and no tag are any image", [tagged(1, ["*"]), rule(2, { tagStatus: "untagged" }), rule(3)], [2]],
  ["all tags are not any image", [tagged(1, ["*"]), rule(2)], []],
  [
    "a tagged rule does not cover untagged images",
    [tagged(1, ["*"]), rule(2, { tagStatus: "untagged" })],
    [],
  ],
])("of shadowed rules: %s", (_, rules, shadowed) => {
  expect(shadowedIn(rules)).toEqual(shadowed);
});

test("a rule of one storage class shadows none of the other", () => {
  const archived = {
    storageClass: "archive",
    countType: "sinceImageTransitioned",
    countUnit: "days",
    countNumber: 90,
  };
  const transition = { action: { type: "transition", targetStorageClass: "archive" } };

  expect(
    names([rule(1, { tagStatus: "untagged" }, transition), rule(2, { tagStatus: "untagged", ...archived })]),
  ).toEqual([]);
});

/** Whether an image with these tags is one that a rule for tagged images selects. */
const selects = (patterns: readonly string[], tags: readonly string[]) =>
  patterns.every((pattern) => tags.some((tag) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(tag)));

test("a shadowed rule selects no image that the earlier one does not select", () => {
  const lists = fc.uniqueArray(fc.stringMatching(/^[ab*]{1,3}$/), { minLength: 1, maxLength: 2 });
  const images = fc.array(fc.stringMatching(/^[abc]{1,4}$/), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(lists, lists, fc.array(images, { minLength: 30, maxLength: 30 }), (wide, narrow, tagged_) => {
      fc.pre(shadowedIn([tagged(1, wide), tagged(2, narrow)]).length === 1);

      for (const tags of tagged_) if (selects(narrow, tags)) expect(selects(wide, tags)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test("warns of the expiry of untagged images that manifest lists reference", () => {
  const multiArchitecture = { ...plain, multiArchitecture: true };
  const rules = [rule(1, { tagStatus: "untagged" }), rule(2)];

  expect(warned(rules, multiArchitecture)).toMatchInlineSnapshot(`
    [
      [
        "untagged-expiry-of-multi-architecture",
        0,
        "The images that a manifest list references are untagged, and this rule expires untagged images: ECR keeps them while the list exists, but a list that loses its tag is untagged too and expires with its images.",
      ],
    ]
  `);
  expect(warned(rules)).toEqual([]);
});

test("warns of a rule that can act on an image that a Lambda function runs", () => {
  const lambda = { ...plain, lambda: true };

  expect(warned([rule(1)], lambda)).toMatchInlineSnapshot(`
    [
      [
        "lambda-image-may-go",
        0,
        "Lambda pulls from this repository, and this rule can expire an image that a function runs, which makes the function fail; give such images their own tag and add it to protectedTags.",
      ],
    ]
  `);
  expect(names([tagged(1, ["pr-*"]), rule(2)], lambda)).toHaveLength(2);
});

test("protected tags end the warning about Lambda", () => {
  const shield = rule(1, { tagStatus: "tagged", tagPatternList: ["live-*"], countNumber: 100_000 });

  expect(warned([shield, rule(2)], { ...plain, lambda: true })).toEqual([]);
});
