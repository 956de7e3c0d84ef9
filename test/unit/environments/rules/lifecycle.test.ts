import { expect, test } from "vitest";
import { messageOf, problemsIn } from "../../../support/environments/load-message";
import { type RepositoryInput, withRepository } from "../../../support/environments/one-repository";
import { synth } from "../../../support/synth";

type Rule = NonNullable<RepositoryInput["lifecycleRules"]>[number];

const rule = (selection: Partial<Rule["selection"]>, others: Partial<Rule> = {}): Rule => ({
  selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 5, ...selection },
  ...others,
});

const tagged = (pattern: string, others: Partial<Rule> = {}) =>
  rule({ tagStatus: "tagged", tagPatternList: [pattern] }, others);

/** The lines of problems, without the part that is the same in all. */
function problems(options: RepositoryInput): string[] {
  return problemsIn(withRepository(options), "6.28.0").map((line) =>
    line.replace("environments/test.ts: ecr.repositories.app.", ""),
  );
}

test("rules and presets of a repository become its policy", () => {
  const options: RepositoryInput = {
    untaggedExpiryDays: 7,
    protectedTags: ["release-*"],
    lifecycleRules: [
      rule(
        { tagStatus: "tagged", tagPrefixList: ["pr-"], countType: "sinceImagePushed", countUnit: "days" },
        { description: "Previews" },
      ),
    ],
  };

  const json = synth(withRepository(options))["compute-test"];

  const [policy] = Object.values<{ policy: unknown }>(json?.["resource"].aws_ecr_lifecycle_policy);
  expect(policy?.policy).toMatchInlineSnapshot(`
    {
      "rules": [
        {
          "action": {
            "type": "expire",
          },
          "description": "Never expire release-*",
          "rulePriority": 1,
          "selection": {
            "countNumber": 100000,
            "countType": "imageCountMoreThan",
            "tagPatternList": [
              "release-*",
            ],
            "tagStatus": "tagged",
          },
        },
        {
          "action": {
            "type": "expire",
          },
          "description": "Previews",
          "rulePriority": 2,
          "selection": {
            "countNumber": 5,
            "countType": "sinceImagePushed",
            "countUnit": "days",
            "tagPrefixList": [
              "pr-",
            ],
            "tagStatus": "tagged",
          },
        },
        {
          "action": {
            "type": "expire",
          },
          "description": "Expire untagged images after 7 days",
          "rulePriority": 3,
          "selection": {
            "countNumber": 7,
            "countType": "sinceImagePushed",
            "countUnit": "days",
            "tagStatus": "untagged",
          },
        },
      ],
    }
  `);
});

test("fails at each option beside lifecyclePolicy", () => {
  const lifecyclePolicy = JSON.stringify({
    rules: [{ rulePriority: 1, ...rule({}), action: { type: "expire" } }],
  });

  const found = problems({
    lifecyclePolicy,
    maxImageCount: 5,
    untaggedExpiryDays: 3,
    protectedTags: ["v*"],
    lifecycleRules: [tagged("a")],
  });

  expect(found).toMatchInlineSnapshot(`
    [
      "maxImageCount: found 5; lifecyclePolicy is also set and would take precedence; remove one of the two",
      "untaggedExpiryDays: found 3; lifecyclePolicy is also set and would take precedence; remove one of the two",
      "protectedTags: found ["v*"]; lifecyclePolicy is also set and would take precedence; remove one of the two",
      "lifecycleRules: found [{"selection":{"tagStatus":"tagged","tagPatternList":["a"],"countType":"imageCountMoreThan","countNumber":5},"action":{"…; lifecyclePolicy is also set and would take precedence; remove one of the two",
    ]
  `);
});

test("fails with every problem of the rules, at the rules as they are written", () => {
  const found = problems({
    lifecycleRules: [
      rule({ countUnit: "days" }),
      rule({ tagStatus: "tagged" }),
      tagged("*a*b*c*d*"),
      rule({ tagStatus: "untagged", countType: "sinceImagePushed" }),
      tagged("x", { action: { type: "transition" } }),
      tagged("x"),
    ],
  });

  expect(found).toMatchInlineSnapshot(`
    [
      "lifecycleRules[0].selection.countUnit: found "days"; imageCountMoreThan has no unit; remove countUnit",
      "lifecycleRules[1].selection.tagPatternList: found nothing; a tagged rule needs exactly one of tagPatternList and tagPrefixList; set one of them",
      "lifecycleRules[2].selection.tagPatternList: found ["*a*b*c*d*"]; "*a*b*c*d*" contains more than four *; use at most four",
      "lifecycleRules[3].selection.countUnit: found nothing; sinceImagePushed counts in days; add countUnit: "days"",
      "lifecycleRules[4].action.targetStorageClass: found nothing; a transition needs a target; add targetStorageClass: "archive"",
      "lifecycleRules[5].selection: found {"tagStatus":"tagged","tagPatternList":["x"],"countType":"imageCountMoreThan","countNumber":5}; lifecycleRules[4] already has the selection "tagged x"; merge the two rules into one",
    ]
  `);
});

test("fails with the shape of a rule and with what stands beside it", () => {
  const broken = { lifecycleRules: [{ selection: { tagStatus: "all", countNumber: 0 } }], scanOnPush: "no" };

  expect(problems(broken as never)).toMatchInlineSnapshot(`
    [
      "scanOnPush: found "no"; this must be a boolean; use true or false without quotes",
      "lifecycleRules[0].selection.tagStatus: found "all"; this must be one of tagged, untagged, any; choose one",
      "lifecycleRules[0].selection.countType: found nothing; this must be one of imageCountMoreThan, sinceImagePushed, sinceImagePulled, sinceImageTransitioned; choose one",
      "lifecycleRules[0].selection.countNumber: found 0; a count is a whole number from 1 to 2147483647; use a number such as 30",
    ]
  `);
});

test("fails when some rules have a priority and others have none", () => {
  const found = problems({ lifecycleRules: [tagged("a", { rulePriority: 5 }), tagged("b")] });

  expect(found).toMatchInlineSnapshot(`
    [
      "lifecycleRules[1].rulePriority: found nothing; other rules have a priority; set it for every rule or for none",
    ]
  `);
});

test("fails when presets meet rules whose priorities are fixed", () => {
  const found = problems({
    protectedTags: ["v*"],
    untaggedExpiryDays: 3,
    lifecycleRules: [tagged("a", { rulePriority: 5 })],
  });

  expect(found).toMatchInlineSnapshot(`
    [
      "protectedTags: found ["v*"]; this option cannot be placed among rules with fixed priorities; remove rulePriority from lifecycleRules, or add it as a rule there",
      "untaggedExpiryDays: found 3; this option cannot be placed among rules with fixed priorities; remove rulePriority from lifecycleRules, or add it as a rule there",
    ]
  `);
});

test("the number of images goes along with rules whose priorities are fixed", () => {
  expect(problems({ maxImageCount: 5, lifecycleRules: [tagged("a", { rulePriority: 5 })] })).toEqual([]);
});

test("fails when a rule does what a preset does", () => {
  const found = problems({
    maxImageCount: 5,
    untaggedExpiryDays: 3,
    lifecycleRules: [rule({}), rule({ tagStatus: "untagged" })],
  });

  expect(found).toMatchInlineSnapshot(`
    [
      "maxImageCount: found 5; lifecycleRules[0] already applies to any images, and ECR allows one such rule; remove one of the two",
      "untaggedExpiryDays: found 3; lifecycleRules[1] already applies to untagged images, and ECR allows one such rule; remove one of the two",
    ]
  `);
});

test("a rule of the archive does not do what a preset does", () => {
  const count = { countType: "sinceImageTransitioned", countUnit: "days", countNumber: 90 } as const;
  const archived = rule({ storageClass: "archive", ...count });

  expect(problems({ maxImageCount: 5, untaggedExpiryDays: 3, lifecycleRules: [archived] })).toEqual([]);
});

test("fails when a protected tag is none that an image can have, or is listed twice", () => {
  const found = problems({ protectedTags: ["team/app", "*a*b*c*d*", "v*", "v*", ""] });

  expect(found).toMatchInlineSnapshot(`
    [
      "protectedTags[4]: found ""; a pattern is a non-empty string; use a pattern such as 'release-*'",
      "protectedTags[3]: found "v*"; this pattern is listed twice; remove it here",
      "protectedTags[0]: found "team/app"; no tag can match this pattern; use letters, digits, ., _, - and *",
      "protectedTags[1]: found "*a*b*c*d*"; a pattern may contain at most four *; use fewer",
    ]
  `);
});

test("fails when protected tags and rules are more than ECR takes", () => {
  const protectedTags = Array.from({ length: 50 }, (_, index) => `v${index}-*`);

  expect(problems({ protectedTags })).toMatchInlineSnapshot(`
    [
      "protectedTags: found ["v0-*","v1-*","v2-*","v3-*","v4-*","v5-*","v6-*","v7-*","v8-*","v9-*","v10-*","v11-*","v12-*","v13-*","v14-*","v15-*","…; the policy would have 51 rules, and ECR allows 50; use fewer rules and protected tags",
    ]
  `);
  expect(problems({ protectedTags: protectedTags.slice(1) })).toEqual([]);
});

test("fails when the policy is longer than ECR takes", () => {
  const found = problems({ lifecycleRules: [tagged("a", { description: "y".repeat(31_000) })] });

  expect(found).toEqual([
    expect.stringMatching(
      /^lifecycleRules: found .* a policy can have up to 30720 characters, and this one has \d+; /,
    ),
  ]);
});

test("fails when rules of the archive meet a provider that does not see their changes", () => {
  const archiving = { type: "transition", targetStorageClass: "archive" } as const;
  const inJson = JSON.stringify({ rules: [{ rulePriority: 1, ...rule({}), action: archiving }] });

  const found = [
    { lifecycleRules: [tagged("a"), rule({}, { action: archiving })] },
    { lifecyclePolicy: inJson },
  ].map((options) => messageOf(withRepository(options), "6.25.0"));

  expect(found).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.app.lifecycleRules[1]: found {"rulePriority":2,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":5},"action":{"type":"tra…; rules that archive images or count from the last pull (an older provider does not detect changes to them) require AWS provider 6.28.0, and the configured version is 6.25.0; use expire with imageCountMoreThan or sinceImagePushed, or raise awsProviderVersion",
      "environments/test.ts: ecr.repositories.app.lifecyclePolicy.rules[0]: found {"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":5},"action":{"type":"tra…; rules that archive images or count from the last pull (an older provider does not detect changes to them) require AWS provider 6.28.0, and the configured version is 6.25.0; use expire with imageCountMoreThan or sinceImagePushed, or raise awsProviderVersion",
    ]
  `);
  expect(problems({ lifecycleRules: [rule({}, { action: archiving })] })).toEqual([]);
});

test("a rule of the wrong shape hides no other problem of the rules", () => {
  const lifecycleRules = [
    rule({ countType: "sinceLastPulled" as "sinceImagePulled", tagStatus: "tagged" }),
    rule({ tagStatus: "untagged", countType: "sinceImagePushed" }),
    rule({ tagStatus: "untagged" }),
  ];

  expect(problems({ lifecycleRules })).toMatchInlineSnapshot(`
    [
      "lifecycleRules[0].selection.countType: found "sinceLastPulled"; this must be one of imageCountMoreThan, sinceImagePushed, sinceImagePulled, sinceImageTransitioned; did you mean "sinceImagePulled"?",
      "lifecycleRules[1].selection.countUnit: found nothing; sinceImagePushed counts in days; add countUnit: "days"",
      "lifecycleRules[2].selection: found {"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":5}; lifecycleRules[1] already has the selection "untagged"; merge the two rules into one",
      "lifecycleRules[0].selection.tagPatternList: found nothing; a tagged rule needs exactly one of tagPatternList and tagPrefixList; set one of them",
    ]
  `);
});
