import fc from "fast-check";
import { expect, test } from "vitest";
import { inUse } from "../../../../../modules/ecr/lifecycle/image-relations";
import type { Image } from "../../../../../modules/ecr/lifecycle/lifecycle-outcome";
import { LifecyclePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-rule";
import { simulateLifecycle } from "../../../../../modules/ecr/lifecycle/lifecycle-simulator";
import { image, now, policies, relatedImages } from "../../../../support/ecr/images";
import { naiveLifecycle } from "../../../../support/ecr/naive-lifecycle";
import { rule } from "../../../../support/ecr/policy-rules";

const simulate = (rules: object[], repository: readonly Image[]) =>
  simulateLifecycle(LifecyclePolicy.parse({ rules }), repository, now).outcomes.map((outcome) => [
    outcome.image.imageDigest,
    outcome.action,
    outcome.reason,
  ]);

const untagged = rule(2, {
  tagStatus: "untagged",
  countType: "sinceImagePushed",
  countUnit: "days",
  countNumber: 1,
});
const keepOne = rule(1, { tagStatus: "tagged", tagPatternList: ["v*"], countNumber: 1 });

const multiArchitecture = [
  image("list-2", ["v2"], 10, { references: ["arm-2", "shared"] }),
  image("list-1", ["v1"], 20, { references: ["arm-1", "shared"] }),
  image("arm-2", [], 10),
  image("arm-1", [], 20),
  image("shared", [], 20),
];

test("an image is kept while a manifest list that references it is kept, and expires with the last of them", () => {
  expect(simulate([keepOne, untagged], multiArchitecture)).toMatchInlineSnapshot(`
    [
      [
        "list-2",
        "KEEP",
        "Kept by rule 1 (tagged v*): image 1 counting from the newest, and the rule keeps 1.",
      ],
      [
        "list-1",
        "EXPIRE",
        "By rule 1 (tagged v*): image 2 counting from the newest, and the rule keeps 1.",
      ],
      [
        "arm-2",
        "KEEP",
        "Referenced by the manifest list list-2, which is kept.",
      ],
      [
        "arm-1",
        "EXPIRE",
        "By rule 2 (untagged): pushed 20 days ago, and the limit is 1.",
      ],
      [
        "shared",
        "KEEP",
        "Referenced by the manifest list list-2, which is kept.",
      ],
    ]
  `);
});

test("an image is kept while a list that references it is only archived", () => {
  const archive = rule(
    1,
    { tagStatus: "tagged", tagPatternList: ["v*"], countNumber: 1 },
    {
      action: { type: "transition", targetStorageClass: "archive" },
    },
  );

  const actions = simulate([archive, untagged], multiArchitecture).map(([digest, action]) => [
    digest,
    action,
  ]);

  expect(Object.fromEntries(actions)).toEqual({
    "list-2": "KEEP",
    "list-1": "TRANSITION",
    "arm-2": "KEEP",
    "arm-1": "KEEP",
    shared: "KEEP",
  });
});

test("signatures and other referrers follow their subject, even along a chain", () => {
  const repository = [
    image("new", ["v2"], 1),
    image("old", ["v1"], 2),
    image("signature-of-new", ["sig-2"], 2, { subject: "new" }),
    image("signature-of-old", ["sig-1"], 2, { subject: "old" }),
    image("note-on-signature", ["note"], 2, { subject: "signature-of-old" }),
    image("of-nothing-here", ["lost"], 2, { subject: "elsewhere" }),
  ];

  expect(simulate([keepOne], repository)).toMatchInlineSnapshot(`
    [
      [
        "new",
        "KEEP",
        "Kept by rule 1 (tagged v*): image 1 counting from the newest, and the rule keeps 1.",
      ],
      [
        "old",
        "EXPIRE",
        "By rule 1 (tagged v*): image 2 counting from the newest, and the rule keeps 1.",
      ],
      [
        "signature-of-new",
        "KEEP",
        "No rule selects it.",
      ],
      [
        "signature-of-old",
        "EXPIRE",
        "Refers to old, and follows it.",
      ],
      [
        "note-on-signature",
        "EXPIRE",
        "Refers to signature-of-old, and follows it.",
      ],
      [
        "of-nothing-here",
        "KEEP",
        "No rule selects it.",
      ],
    ]
  `);
});

test("images that reference each other do not keep the simulation from ending", () => {
  const circle = [image("a", [], 9, { references: ["b"] }), image("b", [], 9, { references: ["a"] })];

  expect(simulate([untagged], circle)).toHaveLength(2);
});

test("relations only ever keep an image that a list references, or remove one that refers to another", () => {
  fc.assert(
    fc.property(policies, relatedImages, (written, repository) => {
      const policy = LifecyclePolicy.parse(written);
      const naive = naiveLifecycle(policy, repository, now);

      const { outcomes } = simulateLifecycle(policy, repository, now);

      const final = new Map(outcomes.map((outcome) => [outcome.image.imageDigest, outcome.action]));
      const lists = (digest: string) => repository.filter(({ references }) => references?.includes(digest));
      const expected = outcomes.map(({ image: judged }) => {
        const wanted = (naive.get(judged.imageDigest)?.type ?? "keep").toUpperCase();
        const held = lists(judged.imageDigest).some((list) => final.get(list.imageDigest) !== "EXPIRE");
        const subject = final.get(judged.subject ?? "") ?? "KEEP";
        const ownWay = held ? "KEEP" : wanted;
        return [judged.imageDigest, subject === "KEEP" || ownWay === "EXPIRE" ? ownWay : subject];
      });
      expect([...final]).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test("images that a manifest list in use references are in use", () => {
  const used = inUse(["list-1", "elsewhere"], multiArchitecture);

  expect([...used].toSorted()).toEqual(["arm-1", "elsewhere", "list-1", "shared"]);
});
