import fc from "fast-check";
import { expect, test } from "vitest";
import type { Image } from "../../../../../modules/ecr/lifecycle/lifecycle-outcome";
import { LifecyclePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-rule";
import { simulateLifecycle } from "../../../../../modules/ecr/lifecycle/lifecycle-simulator";
import { daysAgo, image, images, now, policies } from "../../../../support/ecr/images";
import { naiveLifecycle } from "../../../../support/ecr/naive-lifecycle";
import { rule } from "../../../../support/ecr/policy-rules";
import { runs } from "../../../../support/property-runs";

const simulate = (rules: object[], repository: readonly Image[]) =>
  simulateLifecycle(LifecyclePolicy.parse({ rules }), repository, now);

/** Digests of the images that expire. */
const expired = (rules: object[], repository: readonly Image[]) =>
  simulate(rules, repository)
    .outcomes.filter(({ action }) => action === "EXPIRE")
    .map((outcome) => outcome.image.imageDigest);

const tagged = (priority: number, patterns: string[], selection: object = {}) =>
  rule(priority, { tagStatus: "tagged", tagPatternList: patterns, countNumber: 1, ...selection });

const pushedSince = (days: number) => ({
  countType: "sinceImagePushed",
  countUnit: "days",
  countNumber: days,
});

const betaAndProd = [
  image("A", ["beta-1", "prod-1"], 10),
  image("B", ["beta-2", "prod-2"], 9),
  image("C", ["beta-3"], 8),
];

// The six examples of AWS: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_examples.html
test.each([
  ["the first rule decides over an image", [tagged(1, ["prod*"]), tagged(2, ["beta*"])], betaAndProd, ["A"]],
  [
    "the priorities the other way round",
    [tagged(1, ["beta*"]), tagged(2, ["prod*"])],
    betaAndProd,
    ["A", "B"],
  ],
  [
    "several patterns, by age",
    [tagged(1, ["alpha*", "beta*"], pushedSince(5))],
    [
      image("A", ["alpha-1"], 12),
      image("B", ["beta-1"], 11),
      image("C", ["alpha-2", "beta-2"], 10),
      image("D", ["alpha-3"], 4),
      image("E", ["beta-3"], 3),
      image("F", ["alpha-4", "beta-4"], 2),
    ],
    ["C"],
  ],
  [
    "several patterns, by count",
    [tagged(1, ["alpha*", "beta*"])],
    [
      image("A", ["alpha-1", "beta-1", "gamma-1"], 10),
      image("B", ["alpha-2", "beta-2"], 9),
      image("C", ["alpha-3", "beta-3", "gamma-2"], 8),
    ],
    ["A", "B"],
  ],
  [
    "any image",
    [rule(1, { countNumber: 1 })],
    [image("A", ["alpha-1"], 4), image("B", ["beta-1"], 3), image("C", [], 2), image("D", ["alpha-2"], 1)],
    ["A", "B", "C"],
  ],
  [
    "three kinds of rules; E is newer than D, though AWS gives both the age of a day",
    [
      tagged(1, ["alpha*"]),
      rule(2, { tagStatus: "untagged", ...pushedSince(1) }),
      rule(3, { countNumber: 1 }),
    ],
    [
      image("A", ["alpha-1", "beta-1"], 4),
      image("B", [], 3),
      image("C", ["alpha-2"], 2),
      image("D", ["git-hash"], 1.001),
      image("E", [], 1),
    ],
    ["A", "B", "D"],
  ],
])("AWS's example: %s", (_, rules, repository, digests) => {
  expect(expired(rules, repository)).toEqual(digests);
});

test("rules alone do to every image what AWS's sentences say", () => {
  fc.assert(
    fc.property(policies, images, (written, repository) => {
      const policy = LifecyclePolicy.parse(written);
      const naive = naiveLifecycle(policy, repository, now);

      const { outcomes } = simulateLifecycle(policy, repository, now);

      const expected = repository.map(({ imageDigest }) => {
        const acted = naive.get(imageDigest);
        return [imageDigest, acted?.type ?? "keep", acted?.priority];
      });
      expect(
        outcomes.map((o) => [o.image.imageDigest, o.action.toLowerCase(), o.appliedRulePriority]),
      ).toEqual(expected);
    }),
    { numRuns: runs(1000) },
  );
});

test("the order of images and rules makes no difference", () => {
  fc.assert(
    fc.property(policies, images, (written, repository) => {
      const { rules } = LifecyclePolicy.parse(written);

      const there = simulateLifecycle({ rules }, repository, now);
      const back = simulateLifecycle({ rules: rules.toReversed() }, repository.toReversed(), now);

      expect(back.outcomes.toReversed()).toEqual(there.outcomes);
      expect(back.summary).toEqual(there.summary);
    }),
  );
});

const archive = { type: "transition", targetStorageClass: "archive" };
const pulled = [
  rule(1, { countType: "sinceImagePulled", countUnit: "days", countNumber: 30 }, { action: archive }),
];

test.each([
  ["was pulled lately", { lastRecordedPullTime: daysAgo(5) }, "KEEP"],
  ["was never pulled", {}, "TRANSITION"],
  [
    "was restored and not pulled since",
    { lastRecordedPullTime: daysAgo(90), lastActivatedAt: daysAgo(60) },
    "TRANSITION",
  ],
  ["was restored lately", { lastRecordedPullTime: daysAgo(90), lastActivatedAt: daysAgo(10) }, "KEEP"],
  [
    "was pulled after it was restored",
    { lastRecordedPullTime: daysAgo(40), lastActivatedAt: daysAgo(50) },
    "TRANSITION",
  ],
])("the last pull decides about an image that %s: %j", (_, times, action) => {
  const { outcomes } = simulate(pulled, [image("A", ["v1"], 120, times)]);

  expect(outcomes).toMatchObject([{ action }]);
});

test("only rules for archived images apply to archived images, and restored ones count as new", () => {
  const rules = [
    rule(1, { countNumber: 1 }, { action: archive }),
    rule(2, {
      storageClass: "archive",
      countType: "sinceImageTransitioned",
      countUnit: "days",
      countNumber: 90,
    }),
  ];

  const { outcomes, summary } = simulate(rules, [
    image("restored", ["a"], 500, { lastArchivedAt: daysAgo(200), lastActivatedAt: daysAgo(1) }),
    image("newer", ["b"], 3),
    image("old", ["c"], 400, { imageStatus: "ARCHIVED", lastArchivedAt: daysAgo(91) }),
    image("young", ["d"], 400, { imageStatus: "ARCHIVED", lastArchivedAt: daysAgo(90) }),
    image("unknown", ["e"], 400, { imageStatus: "ARCHIVED" }),
    image("returning", ["f"], 400, { imageStatus: "ACTIVATING", lastArchivedAt: daysAgo(200) }),
  ]);

  expect(
    outcomes.map((outcome) => [outcome.image.imageDigest, outcome.action, outcome.reason]),
  ).toMatchInlineSnapshot(`
    [
      [
        "restored",
        "KEEP",
        "Kept by rule 1 (any): image 1 counting from the newest, and the rule keeps 1.",
      ],
      [
        "newer",
        "TRANSITION",
        "By rule 1 (any): image 2 counting from the newest, and the rule keeps 1.",
      ],
      [
        "old",
        "EXPIRE",
        "By rule 2 (any): archived 91 days ago, and the limit is 90.",
      ],
      [
        "young",
        "KEEP",
        "Kept by rule 2 (any): archived 90 days ago, and the limit is 90.",
      ],
      [
        "unknown",
        "KEEP",
        "Kept by rule 2 (any): the archive date is unknown.",
      ],
      [
        "returning",
        "KEEP",
        "It is being restored from the archive.",
      ],
    ]
  `);
  expect(summary).toEqual({
    expiringImageTotalCount: 1,
    transitioningImageTotalCounts: [{ targetStorageClass: "ARCHIVE", imageTotalCount: 1 }],
  });
});

test("the reason says which rule decided and why, or that none did", () => {
  const rules = [
    tagged(1, ["release-*"], { countNumber: 100_000 }),
    rule(2, { tagStatus: "untagged", ...pushedSince(7) }),
    tagged(3, ["v*"]),
  ];

  const { outcomes } = simulate(rules, [
    image("A", ["release-1", "v1"], 400),
    image("B", [], 8),
    image("C", ["v3"], 1),
    image("D", ["v2"], 2),
    image("E", ["test"], 900),
  ]);

  expect(outcomes.map(({ reason }) => reason)).toMatchInlineSnapshot(`
    [
      "Kept by rule 1 (tagged release-*): image 1 counting from the newest, and the rule keeps 100000.",
      "By rule 2 (untagged): pushed 8 days ago, and the limit is 7.",
      "Kept by rule 3 (tagged v*): image 1 counting from the newest, and the rule keeps 1.",
      "By rule 3 (tagged v*): image 2 counting from the newest, and the rule keeps 1.",
      "No rule selects it.",
    ]
  `);
});

test("an empty repository has an empty summary", () => {
  expect(simulate([rule(1)], [])).toEqual({
    outcomes: [],
    summary: { expiringImageTotalCount: 0, transitioningImageTotalCounts: [] },
  });
});
