import { expect, test } from "vitest";
import { LifecyclePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-rule";
import { usesArchive } from "../../../../../modules/ecr/lifecycle/lifecycle-rules";
import { contentOf, problemsOf, rule, tagged } from "../../../../support/ecr/policy-rules";

const days = (countType: string, countNumber: number, others: object = {}) => ({
  countType,
  countUnit: "days",
  countNumber,
  ...others,
});
const archived = (countNumber: number) =>
  days("sinceImageTransitioned", countNumber, { storageClass: "archive" });
const toArchive = { action: { type: "transition", targetStorageClass: "archive" } };

test("the example of AWS that archives and then expires is accepted, with an any rule in each storage class", () => {
  const rules = [rule(1, days("sinceImagePulled", 90), toArchive), rule(2, archived(365))];

  expect(contentOf(...rules)).toEqual(rules);
});

test.each([
  ["images", {}],
  ["days since the push", days("sinceImagePushed", 30)],
  ["days since the last pull", days("sinceImagePulled", 30)],
])("images are archived by %s", (_, count) => {
  const rules = [rule(1, count, toArchive)];

  expect(contentOf(...rules)).toEqual(rules);
});

test("the storage class standard, which is AWS's default, is left out of the text", () => {
  expect(contentOf(rule(1, { storageClass: "standard" }))).toEqual([rule(1)]);
});

test("fails with every combination that AWS rejects", () => {
  const problems = problemsOf(
    tagged(1, ["a"]),
    rule(2, { tagStatus: "tagged", tagPatternList: ["b"], ...days("sinceImagePulled", 30) }),
    rule(3, { tagStatus: "tagged", tagPatternList: ["c"], ...days("sinceImageTransitioned", 100) }),
    rule(4, { tagStatus: "tagged", tagPatternList: ["d"], ...archived(89) }),
    rule(5, { tagStatus: "tagged", tagPatternList: ["e"], storageClass: "archive" }),
    rule(6, { tagStatus: "tagged", tagPatternList: ["f"], ...archived(90) }, toArchive),
    rule(7, { tagStatus: "tagged", tagPatternList: ["g"] }, { action: { type: "transition" } }),
    rule(8, {}, { action: { type: "expire", targetStorageClass: "archive" } }),
  );

  expect(problems).toMatchInlineSnapshot(`
    [
      [
        "rules.1.action.type",
        "sinceImagePulled can only archive; use type: "transition", and expire the archived images with a sinceImageTransitioned rule",
      ],
      [
        "rules.2.selection.storageClass",
        "sinceImageTransitioned applies to archived images; add storageClass: "archive"",
      ],
      [
        "rules.3.selection.countNumber",
        "AWS keeps an archived image for at least 90 days; use 90 or more",
      ],
      [
        "rules.4.selection.storageClass",
        "archived images need sinceImageTransitioned, not imageCountMoreThan; use sinceImageTransitioned",
      ],
      [
        "rules.5.action.type",
        "an archived image can only expire; use type: "expire"",
      ],
      [
        "rules.6.action.targetStorageClass",
        "a transition needs a target; add targetStorageClass: "archive"",
      ],
      [
        "rules.7.action.targetStorageClass",
        "only a transition has a target; remove it or use type: "transition"",
      ],
    ]
  `);
});

test.each(["sinceImagePushed", "sinceImagePulled", "imageCountMoreThan"])(
  "fails when archived images are counted by %s",
  (countType) => {
    const unit = countType === "imageCountMoreThan" ? {} : { countUnit: "days" };
    const action = countType === "sinceImagePulled" ? toArchive : {};

    expect(problemsOf(rule(1, { countType, ...unit, storageClass: "archive" }, action))).toEqual([
      [
        "rules.0.selection.storageClass",
        expect.stringContaining(`not ${countType}; use sinceImageTransitioned`),
      ],
    ]);
  },
);

test("fails when an any rule is not the last of its storage class", () => {
  const problems = problemsOf(
    rule(1, archived(100)),
    tagged(2, ["a"]),
    rule(3, { tagStatus: "untagged", ...archived(200) }),
    rule(4),
  );

  expect(problems).toEqual([
    [
      "rules.0.rulePriority",
      'an "any" rule must come last, but 1 is lower than 3; give it the highest rulePriority',
    ],
  ]);
});

test("untagged images are selected once in each storage class", () => {
  const untagged = { tagStatus: "untagged" };
  const rules = [
    rule(1, { ...untagged, ...days("sinceImagePushed", 7) }, toArchive),
    rule(2, { ...untagged, ...archived(90) }),
  ];

  expect(contentOf(...rules)).toEqual(rules);
  expect(problemsOf(...rules, rule(3, { ...untagged, ...archived(100) }))).toEqual([
    [
      "rules.2.selection",
      'rules[1] already has the selection "untagged" of archived images; merge the two rules into one',
    ],
  ]);
});

test.each([
  [rule(1, {}, toArchive), true],
  [rule(1, archived(90)), true],
  [rule(1, days("sinceImagePulled", 1), toArchive), true],
  [rule(1, days("sinceImagePushed", 1)), false],
  [rule(1, { storageClass: "standard" }), false],
])("rules need the archive: %j", (written, needed) => {
  const { rules } = LifecyclePolicy.parse({ rules: [written] });

  expect(usesArchive(rules)).toBe(needed);
});
