import { expect, test } from "vitest";
import { parseLifecyclePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-policy";
import { contentOf, problemsOf, rule, tagged } from "../../../../support/ecr/policy-rules";

test("fails when two rules have one priority", () => {
  expect(problemsOf(tagged(1, ["a"]), tagged(1, ["b"]))).toMatchInlineSnapshot(`
    [
      [
        "rules.1.rulePriority",
        "rules[0] already has priority 1; give every rule its own priority",
      ],
    ]
  `);
});

test("fails when an any rule is not the last", () => {
  expect(problemsOf(rule(1), tagged(2, ["a"]))).toMatchInlineSnapshot(`
    [
      [
        "rules.0.rulePriority",
        "an "any" rule must come last, but 1 is lower than 2; give it the highest rulePriority",
      ],
    ]
  `);
});

test("an any rule is the last by its priority, wherever it is written", () => {
  expect(contentOf(rule(7), tagged(3, ["a"]))).toHaveLength(2);
});

test("fails when two rules select untagged images", () => {
  const days = { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days" };

  expect(problemsOf(rule(1, days), rule(2, { tagStatus: "untagged" }))).toMatchInlineSnapshot(`
    [
      [
        "rules.1.selection",
        "rules[0] already has the selection "untagged"; merge the two rules into one",
      ],
    ]
  `);
});

test("fails when two rules select the same tags, in whatever order", () => {
  expect(problemsOf(tagged(1, ["a*", "b*"]), tagged(2, ["b*", "a*"]))).toMatchInlineSnapshot(`
    [
      [
        "rules.1.selection",
        "rules[0] already has the selection "tagged a* b*"; merge the two rules into one",
      ],
    ]
  `);
});

test("a pattern and a prefix of one text are two selections", () => {
  const prefix = rule(2, { tagStatus: "tagged", tagPrefixList: ["prod"] });

  expect(contentOf(tagged(1, ["prod"]), prefix)).toHaveLength(2);
});

test("fails when two rules select the same prefix", () => {
  const selection = { tagStatus: "tagged", tagPrefixList: ["prod"] };

  expect(problemsOf(rule(1, selection), rule(2, selection))).toMatchInlineSnapshot(`
    [
      [
        "rules.1.selection",
        "rules[0] already has the selection "tagged prod…"; merge the two rules into one",
      ],
    ]
  `);
});

test("a problem has the value at its path", () => {
  const parsed = parseLifecyclePolicy(
    JSON.stringify({ rules: [rule(1, { countUnit: "days" }), tagged(2, ["*a*b*c*d*"])] }),
  );

  expect(parsed).toMatchInlineSnapshot(`
    {
      "problems": [
        {
          "advice": "imageCountMoreThan has no unit; remove countUnit",
          "found": "days",
          "path": [
            "rules",
            0,
            "selection",
            "countUnit",
          ],
        },
        {
          "advice": ""*a*b*c*d*" contains more than four *; use at most four",
          "found": [
            "*a*b*c*d*",
          ],
          "path": [
            "rules",
            1,
            "selection",
            "tagPatternList",
          ],
        },
        {
          "advice": "an "any" rule must come last, but 1 is lower than 2; give it the highest rulePriority",
          "found": 1,
          "path": [
            "rules",
            0,
            "rulePriority",
          ],
        },
      ],
    }
  `);
});

test("fails when a tagged rule has no tag list", () => {
  expect(problemsOf(rule(1, { tagStatus: "tagged" }))).toMatchInlineSnapshot(`
    [
      [
        "rules.0.selection.tagPatternList",
        "a tagged rule needs exactly one of tagPatternList and tagPrefixList; set one of them",
      ],
    ]
  `);
});

test("fails when a tagged rule has both tag lists", () => {
  const both = { tagStatus: "tagged", tagPatternList: ["a*"], tagPrefixList: ["a"] };

  expect(problemsOf(rule(1, both))).toMatchInlineSnapshot(`
    [
      [
        "rules.0.selection.tagPatternList",
        "a tagged rule needs exactly one of tagPatternList and tagPrefixList; set one of them",
      ],
    ]
  `);
});

test.each(["untagged", "any"])("fails when an %s rule has a tag list", (tagStatus) => {
  expect(problemsOf(rule(1, { tagStatus, tagPrefixList: ["a"] }))).toEqual([
    ["rules.0.selection.tagStatus", `an ${tagStatus} rule cannot have a tag list; remove it or use "tagged"`],
  ]);
});

test("fails when a pattern has more than four wildcards", () => {
  expect(problemsOf(tagged(1, ["*test*1*2*3*"]))).toMatchInlineSnapshot(`
    [
      [
        "rules.0.selection.tagPatternList",
        ""*test*1*2*3*" contains more than four *; use at most four",
      ],
    ]
  `);
});

test("a pattern may have four wildcards", () => {
  expect(contentOf(tagged(1, ["*test*1*2*3", "test*1*2*3*"]))).toHaveLength(1);
});

test("fails when a rule counts days without the unit", () => {
  expect(problemsOf(rule(1, { countType: "sinceImagePushed" }))).toMatchInlineSnapshot(`
    [
      [
        "rules.0.selection.countUnit",
        "sinceImagePushed counts in days; add countUnit: "days"",
      ],
    ]
  `);
});

test("fails when a rule counts images with a unit", () => {
  expect(problemsOf(rule(1, { countUnit: "days" }))).toMatchInlineSnapshot(`
    [
      [
        "rules.0.selection.countUnit",
        "imageCountMoreThan has no unit; remove countUnit",
      ],
    ]
  `);
});

test("fails with every problem of every rule", () => {
  const problems = problemsOf(
    rule(1, { countUnit: "days" }),
    rule(1, { tagStatus: "tagged", countType: "sinceImagePushed" }),
  );

  expect(problems.map(([path]) => path)).toEqual([
    "rules.0.selection.countUnit",
    "rules.1.selection.tagPatternList",
    "rules.1.selection.countUnit",
    "rules.1.rulePriority",
  ]);
});
