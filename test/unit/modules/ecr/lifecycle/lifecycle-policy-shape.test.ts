import { expect, test } from "vitest";
import { parseLifecyclePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-policy";
import { contentOf, problemsOf, rule, tagged } from "../../../../support/ecr/policy-rules";

test("fails when the text is not JSON", () => {
  const parsed = parseLifecyclePolicy('{"rules":');

  expect(parsed).toMatchInlineSnapshot(`
    {
      "problems": [
        {
          "advice": "this is not JSON (Unexpected end of JSON input); use {"rules":[…]}",
          "found": "{"rules":",
          "path": [],
        },
      ],
    }
  `);
});

test("fails with one line when text over several lines is not JSON", () => {
  const parsed = parseLifecyclePolicy('{\n  "rules": [\n    oops\n  ]\n}');

  const advices = "problems" in parsed ? parsed.problems.map(({ advice }) => advice) : [];
  expect(advices).toEqual([expect.stringMatching(/^this is not JSON \(.+\); use {"rules":\[…]}$/)]);
});

test("fails when the JSON is not a policy", () => {
  const parsed = parseLifecyclePolicy('["rules"]');

  expect(parsed).toMatchInlineSnapshot(`
    {
      "problems": [
        {
          "advice": "this must be an object; use { rules, … }",
          "found": [
            "rules",
          ],
          "path": [],
        },
      ],
    }
  `);
});

test("fails when a policy has no rule", () => {
  expect(problemsOf()).toMatchInlineSnapshot(`
    [
      [
        "rules",
        "a policy has at least one rule; add one",
      ],
    ]
  `);
});

test("fails when a policy has more rules than ECR allows", () => {
  const rules = Array.from({ length: 51 }, (_, index) => tagged(index + 1, [`v${index}-*`]));

  expect(problemsOf(...rules)).toMatchInlineSnapshot(`
    [
      [
        "rules",
        "a policy can have up to 50 rules; use fewer",
      ],
    ]
  `);
});

test("a policy may have as many rules as ECR allows", () => {
  const rules = Array.from({ length: 50 }, (_, index) => tagged(index + 1, [`v${index}-*`]));

  expect(contentOf(...rules)).toHaveLength(50);
});

test("fails when a policy is longer than ECR allows", () => {
  const description = "x".repeat(30_720);

  expect(problemsOf(rule(1, {}, { description }))).toMatchInlineSnapshot(`
    [
      [
        "",
        "a policy can have up to 30720 characters, and this one has 30876; use fewer or shorter rules",
      ],
    ]
  `);
});

test.each([
  ["countNumber", rule(1, { countNumber: 0 })],
  ["countNumber", rule(1, { countNumber: 1.5 })],
  ["countUnit", rule(1, { countType: "sinceImagePushed", countUnit: "weeks" })],
  ["tagStatus", rule(1, { tagStatus: "all" })],
  ["tagPatternList", rule(1, { tagStatus: "tagged", tagPatternList: [] })],
  ["tagPrefixList", rule(1, { tagStatus: "tagged", tagPrefixList: null })],
  ["rulePriority", rule(0)],
  ["description", rule(1, {}, { description: null })],
  ["type", rule(1, {}, { action: { type: "delete" } })],
  ["targetStorageClass", rule(1, {}, { action: { type: "transition", targetStorageClass: "glacier" } })],
  ["storageClass", rule(1, { storageClass: "cold" })],
  ["countType", rule(1, { countType: "sinceImageCreated" })],
])("fails when ECR does not know the %s of a rule, as in %j", (key, broken) => {
  const problems = problemsOf(broken);

  expect(problems).toEqual([[expect.stringContaining(`.${key}`), expect.stringMatching(/^[^;]+; [^;]+$/)]]);
});

test("fails when a rule has a key that ECR does not know", () => {
  expect(problemsOf(rule(1, {}, { comment: "keep" }))).toMatchInlineSnapshot(`
    [
      [
        "rules.0.comment",
        "this option does not exist; choose from rulePriority, description, selection, action",
      ],
    ]
  `);
});

test.each(["transition", "storageClass", "sinceImagePulled"])(
  "a tag may be called %s as the archive's keys are",
  (tag) => {
    const tags = { tagStatus: "tagged", tagPrefixList: [tag] };

    expect(contentOf(rule(1, tags))).toHaveLength(1);
  },
);

test("a rule of the wrong shape hides neither its own other problems nor those of other rules", () => {
  const archived = { storageClass: "archive", countType: "sinceImagePushed" };
  const broken = {
    rulePriority: 1,
    selection: { tagStatus: "tagged", countType: "sinceLastPulled", countNumber: 5 },
    action: { type: "transition" },
  };

  expect(problemsOf(broken, rule(2, archived), rule(2, { tagStatus: "untagged" }))).toMatchInlineSnapshot(`
    [
      [
        "rules.0.selection.countType",
        "this must be one of imageCountMoreThan, sinceImagePushed, sinceImagePulled, sinceImageTransitioned; did you mean "sinceImagePulled"?",
      ],
      [
        "rules.1.selection.countUnit",
        "sinceImagePushed counts in days; add countUnit: "days"",
      ],
      [
        "rules.1.selection.storageClass",
        "archived images need sinceImageTransitioned, not sinceImagePushed; use sinceImageTransitioned",
      ],
      [
        "rules.2.rulePriority",
        "rules[1] already has priority 2; give every rule its own priority",
      ],
      [
        "rules.0.selection.tagPatternList",
        "a tagged rule needs exactly one of tagPatternList and tagPrefixList; set one of them",
      ],
      [
        "rules.0.action.targetStorageClass",
        "a transition needs a target; add targetStorageClass: "archive"",
      ],
    ]
  `);
});

test.each([
  ["an empty prefix", { tagStatus: "tagged", tagPrefixList: [""] }],
  ["an unknown count type", { countType: "sinceLastPulled", countUnit: "days" }],
  ["no count type", { countType: undefined }],
  ["an unknown unit", { countType: "sinceImagePushed", countUnit: "weeks" }],
  ["an unknown storage class", { storageClass: "glacier" }],
])("%s is the only problem of its rule", (_, selection) => {
  expect(problemsOf(rule(1, selection))).toHaveLength(1);
});

test("fails when an option that is not set is null, and says to remove it", () => {
  const selection = { tagPatternList: null, countUnit: null, storageClass: null };

  expect(
    problemsOf(
      rule(1, selection, { description: null, action: { type: "expire", targetStorageClass: null } }),
    ),
  ).toEqual(
    [
      ["rules.0.description"],
      ["rules.0.selection.tagPatternList"],
      ["rules.0.selection.storageClass"],
      ["rules.0.selection.countUnit"],
      ["rules.0.action.targetStorageClass"],
    ].map(([path]) => [path, "ECR does not accept null; remove this key"]),
  );
});

test("fails when a key has another case, and suggests the right one", () => {
  const parsed = parseLifecyclePolicy(JSON.stringify({ Rules: [] }));

  expect("problems" in parsed && parsed.problems.map(({ path, advice }) => [path.join("."), advice])).toEqual(
    [
      ["rules", "this must be a list; use [ … ]"],
      ["Rules", 'this option does not exist; did you mean "rules"?'],
    ],
  );
});
