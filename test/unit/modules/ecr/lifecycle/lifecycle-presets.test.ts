import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLifecyclePolicy, policyText } from "../../../../../modules/ecr/lifecycle/lifecycle-policy";
import {
  composePolicy,
  type LifecyclePolicyOptions,
} from "../../../../../modules/ecr/lifecycle/lifecycle-presets";

const nothing: LifecyclePolicyOptions = { protectedTags: [], lifecycleRules: [] };

const expireTagged = (pattern: string, rulePriority?: number) => ({
  rulePriority,
  selection: {
    tagStatus: "tagged" as const,
    tagPatternList: [pattern],
    countType: "imageCountMoreThan" as const,
    countNumber: 5,
  },
  action: { type: "expire" as const },
});

const expireAny = {
  selection: { tagStatus: "any" as const, countType: "imageCountMoreThan" as const, countNumber: 500 },
  action: { type: "expire" as const },
};

/** Priority, selection and origin of each rule. */
const overview = (choice: Partial<LifecyclePolicyOptions>) => {
  const { policy, origins } = composePolicy({ ...nothing, ...choice });
  return policy.rules.map(({ rulePriority, selection }, index) => {
    const { tagStatus, tagPatternList = [] } = selection;
    return `${rulePriority} ${[tagStatus, ...tagPatternList].join(" ")} from ${origins[index]?.join(".")}`;
  });
};

test("a repository without options keeps its 100 newest images", () => {
  const { policy } = composePolicy(nothing);

  expect(policy.rules).toMatchObject([
    { selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 100 } },
  ]);
});

test("protected tags come first, the number of images last", () => {
  const choice = {
    maxImageCount: 50,
    untaggedExpiryDays: 14,
    protectedTags: ["release-*", "v*"],
    lifecycleRules: [expireTagged("dev-*"), expireTagged("pr-*")],
  };

  expect(overview(choice)).toEqual([
    "1 tagged release-* from protectedTags.0",
    "2 tagged v* from protectedTags.1",
    "3 tagged dev-* from lifecycleRules.0",
    "4 tagged pr-* from lifecycleRules.1",
    "5 untagged from untaggedExpiryDays",
    "6 any from maxImageCount",
  ]);
});

test("a rule for any image comes after all others, wherever it is written", () => {
  const choice = { untaggedExpiryDays: 14, lifecycleRules: [expireAny, expireTagged("pr-*")] };

  expect(overview(choice)).toEqual([
    "1 tagged pr-* from lifecycleRules.1",
    "2 untagged from untaggedExpiryDays",
    "3 any from lifecycleRules.0",
  ]);
});

test("custom rules replace the default number of images", () => {
  expect(overview({ lifecycleRules: [expireTagged("pr-*")] })).toEqual([
    "1 tagged pr-* from lifecycleRules.0",
  ]);
});

test("custom priorities are kept, and the number of images comes after them", () => {
  const choice = { maxImageCount: 9, lifecycleRules: [expireTagged("pr-*", 40), expireTagged("dev-*", 7)] };

  expect(overview(choice)).toEqual([
    "40 tagged pr-* from lifecycleRules.0",
    "7 tagged dev-* from lifecycleRules.1",
    "41 any from maxImageCount",
  ]);
});

test("descriptions say what each preset is for", () => {
  const choice = { ...nothing, maxImageCount: 3, untaggedExpiryDays: 1, protectedTags: ["v*"] };

  expect(JSON.parse(policyText(composePolicy(choice).policy))).toMatchInlineSnapshot(`
    {
      "rules": [
        {
          "action": {
            "type": "expire",
          },
          "description": "Never expire v*",
          "rulePriority": 1,
          "selection": {
            "countNumber": 100000,
            "countType": "imageCountMoreThan",
            "tagPatternList": [
              "v*",
            ],
            "tagStatus": "tagged",
          },
        },
        {
          "action": {
            "type": "expire",
          },
          "description": "Expire untagged images after 1 days",
          "rulePriority": 2,
          "selection": {
            "countNumber": 1,
            "countType": "sinceImagePushed",
            "countUnit": "days",
            "tagStatus": "untagged",
          },
        },
        {
          "action": {
            "type": "expire",
          },
          "description": "Keep the 3 newest images",
          "rulePriority": 3,
          "selection": {
            "countNumber": 3,
            "countType": "imageCountMoreThan",
            "tagStatus": "any",
          },
        },
      ],
    }
  `);
});

test("presets always give a policy that ECR accepts, already in its canonical form", () => {
  const choices = fc.record(
    {
      maxImageCount: fc.integer({ min: 1, max: 100_000 }),
      untaggedExpiryDays: fc.integer({ min: 1, max: 5000 }),
      protectedTags: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}\*?$/), { maxLength: 20 }),
    },
    { requiredKeys: ["protectedTags"] },
  );
  fc.assert(
    fc.property(choices, (choice) => {
      const text = policyText(composePolicy({ ...choice, lifecycleRules: [] }).policy);

      expect(parseLifecyclePolicy(text)).toEqual({ text });
      expect(text.length).toBeGreaterThanOrEqual(100);
    }),
  );
});
