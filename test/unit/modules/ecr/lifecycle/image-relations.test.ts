import fc from "fast-check";
import { expect, test } from "vitest";
import { inUse } from "../../../../../modules/ecr/lifecycle/image-relations";
import type { Image } from "../../../../../modules/ecr/lifecycle/lifecycle-outcome";
import { LifecyclePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-rule";
import { simulateLifecycle } from "../../../../../modules/ecr/lifecycle/lifecycle-simulator";
import { daysAgo, image, now, policies, relatedImages } from "../../../../support/ecr/images";
import { naiveRelations } from "../../../../support/ecr/naive-lifecycle";
import { rule } from "../../../../support/ecr/policy-rules";
import { runs } from "../../../../support/property-runs";

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
        "Referenced by the manifest list list-2, which stays.",
      ],
      [
        "arm-1",
        "EXPIRE",
        "By rule 2 (untagged): pushed 20 days ago, and the limit is 1. The manifest list list-1 that references it expires too.",
      ],
      [
        "shared",
        "KEEP",
        "Referenced by the manifest list list-2, which stays.",
      ],
    ]
  `);
});

const archiveAll = { action: { type: "transition", targetStorageClass: "archive" } };

test("a manifest list that is archived in the same run no longer keeps its images", () => {
  const archive = rule(1, { tagStatus: "tagged", tagPatternList: ["v*"], countNumber: 1 }, archiveAll);

  expect(simulate([archive, untagged], multiArchitecture).slice(1)).toMatchInlineSnapshot(`
    [
      [
        "list-1",
        "TRANSITION",
        "By rule 1 (tagged v*): image 2 counting from the newest, and the rule keeps 1.",
      ],
      [
        "arm-2",
        "KEEP",
        "Referenced by the manifest list list-2, which stays.",
      ],
      [
        "arm-1",
        "EXPIRE",
        "By rule 2 (untagged): pushed 20 days ago, and the limit is 1. The manifest list list-1 that references it is archived too.",
      ],
      [
        "shared",
        "KEEP",
        "Referenced by the manifest list list-2, which stays.",
      ],
    ]
  `);
});

test("a manifest list in the archive does not keep its images, and one that is being restored does", () => {
  const repository = [
    image("archived", ["v1"], 20, { imageStatus: "ARCHIVED", references: ["arm", "shared"] }),
    image("returning", ["v2"], 20, { imageStatus: "ACTIVATING", references: ["amd", "shared"] }),
    image("arm", [], 20),
    image("amd", [], 20),
    image("shared", [], 20),
  ];

  expect(simulate([untagged], repository)).toMatchInlineSnapshot(`
    [
      [
        "archived",
        "KEEP",
        "No rule selects it.",
      ],
      [
        "returning",
        "KEEP",
        "It is being restored from the archive.",
      ],
      [
        "arm",
        "EXPIRE",
        "By rule 2 (untagged): pushed 20 days ago, and the limit is 1. The manifest list archived that references it is in the archive.",
      ],
      [
        "amd",
        "KEEP",
        "Referenced by the manifest list returning, which stays.",
      ],
      [
        "shared",
        "KEEP",
        "Referenced by the manifest list returning, which stays.",
      ],
    ]
  `);
});

test("images in the archive are kept by an active manifest list, and expire with one in the archive", () => {
  const expireArchived = rule(1, {
    storageClass: "archive",
    countType: "sinceImageTransitioned",
    countUnit: "days",
    countNumber: 90,
  });
  const old = { imageStatus: "ARCHIVED", lastArchivedAt: daysAgo(100) };
  const repository = [
    image("active", ["v2"], 200, { references: ["kept"] }),
    image("archived", ["v1"], 200, { ...old, lastArchivedAt: daysAgo(10), references: ["gone"] }),
    image("kept", [], 200, old),
    image("gone", [], 200, old),
  ];

  expect(simulate([expireArchived], repository).map(([digest, action]) => [digest, action])).toEqual([
    ["active", "KEEP"],
    ["archived", "KEEP"],
    ["kept", "KEEP"],
    ["gone", "EXPIRE"],
  ]);
});

test("a referrer follows its subject into the archive once, and stays if a manifest list references it", () => {
  const archive = rule(1, { tagStatus: "tagged", tagPatternList: ["v*"], countNumber: 1 }, archiveAll);
  const repository = [
    image("new", ["v2"], 1),
    image("old", ["v1"], 2),
    image("signature", ["sig"], 2, { subject: "old" }),
    image("archived-signature", ["sig-2"], 2, { subject: "old", imageStatus: "ARCHIVED" }),
    image("archived", ["v0"], 9, { imageStatus: "ARCHIVED" }),
    image("late-signature", ["sig-0"], 1, { subject: "archived" }),
    image("listed-signature", [], 2, { subject: "old" }),
    image("list", ["listing"], 2, { references: ["listed-signature"] }),
  ];

  expect(simulate([archive], repository)).toMatchInlineSnapshot(`
    [
      [
        "new",
        "KEEP",
        "Kept by rule 1 (tagged v*): image 1 counting from the newest, and the rule keeps 1.",
      ],
      [
        "old",
        "TRANSITION",
        "By rule 1 (tagged v*): image 2 counting from the newest, and the rule keeps 1.",
      ],
      [
        "signature",
        "TRANSITION",
        "Refers to old, which is archived, and follows it.",
      ],
      [
        "archived-signature",
        "KEEP",
        "No rule selects it.",
      ],
      [
        "archived",
        "KEEP",
        "No rule selects it.",
      ],
      [
        "late-signature",
        "TRANSITION",
        "Refers to archived, which is archived, and follows it.",
      ],
      [
        "listed-signature",
        "KEEP",
        "Referenced by the manifest list list, which stays.",
      ],
      [
        "list",
        "KEEP",
        "No rule selects it.",
      ],
    ]
  `);
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
        "Refers to old, which expires, and follows it.",
      ],
      [
        "note-on-signature",
        "EXPIRE",
        "Refers to signature-of-old, which expires, and follows it.",
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

test("relations do to every image what AWS's sentences say", () => {
  fc.assert(
    fc.property(policies, relatedImages, (written, repository) => {
      const policy = LifecyclePolicy.parse(written);
      const naive = naiveRelations(policy, repository, now);

      const { outcomes } = simulateLifecycle(policy, repository, now);

      expect(outcomes.map(({ image: { imageDigest }, action }) => [imageDigest, action])).toEqual([...naive]);
    }),
    { numRuns: runs(500) },
  );
});

test("no reason contradicts what happens to the manifest list that it names", () => {
  fc.assert(
    fc.property(policies, relatedImages, (written, repository) => {
      const { outcomes } = simulateLifecycle(LifecyclePolicy.parse(written), repository, now);

      const ofDigest = new Map(outcomes.map((outcome) => [outcome.image.imageDigest, outcome]));
      for (const { reason } of outcomes) {
        const [, digest = "", fate] =
          /manifest list (\S+?),? (?:that references it|which) (.*)\.$/.exec(reason) ?? [];
        const list = ofDigest.get(digest);
        if (list === undefined) continue;
        const archived = list.image.imageStatus === "ARCHIVED" ? "is in the archive" : "stays";
        const row = { EXPIRE: "expires too", TRANSITION: "is archived too", KEEP: archived }[list.action];
        expect(fate).toBe(row);
      }
    }),
    { numRuns: runs(300) },
  );
});

test("images that a manifest list in use references are in use", () => {
  const used = inUse(["list-1", "elsewhere"], multiArchitecture);

  expect([...used].toSorted()).toEqual(["arm-1", "elsewhere", "list-1", "shared"]);
});
