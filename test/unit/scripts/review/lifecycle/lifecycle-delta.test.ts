import fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "../../../../../scripts/review/gates/judge";
import {
  type KnownImages,
  type LifecycleDelta,
  lifecycleDeltas,
  type SizedImage,
} from "../../../../../scripts/review/lifecycle/lifecycle-delta";
import { imagesText, lifecycleLines } from "../../../../../scripts/review/lifecycle/lifecycle-text";
import { asHtml } from "../../../../../scripts/review/report/as-html";
import { asMarkdown } from "../../../../../scripts/review/report/as-markdown";
import { asText } from "../../../../../scripts/review/report/as-text";
import { reportOnPlans } from "../../../../../scripts/review/report/plans";
import type { ResourceChange } from "../../../../../scripts/review/terraform-plan";
import { image, now } from "../../../../support/ecr/images";
import { rule } from "../../../../support/ecr/policy-rules";
import { planOf, reviewContext } from "../../../../support/review/real-plan";

const policy = (...rules: object[]) => JSON.stringify({ rules });
const keeping = (count: number) => policy(rule(1, { countNumber: count }));

/** A change of the policy of web-app. */
function changed(before: string | undefined, after: string | undefined, more: object = {}): ResourceChange {
  const side = (text: string | undefined) =>
    text === undefined ? null : { repository: "myproject-dev-web-app", policy: text };
  return {
    ...{ address: "aws_ecr_lifecycle_policy.web-app", mode: "managed", type: "aws_ecr_lifecycle_policy" },
    change: {
      actions: [...(before === undefined ? [] : ["delete"]), ...(after === undefined ? [] : ["create"])],
      ...{ before: side(before), after: side(after) },
      ...{ after_unknown: {}, before_sensitive: false, after_sensitive: false, ...more },
    },
  };
}

/** Images v1 to v`count`, of which v1 is the newest; each has 1 MB. */
const images = (count: number): SizedImage[] =>
  Array.from({ length: count }, (_, index) => ({
    ...image(`sha256:${index}`, [`v${index + 1}`], index),
    imageSizeInBytes: 1_000_000,
  }));

const known =
  (all: readonly SizedImage[], used: readonly string[] = [], notes: readonly string[] = []) =>
  (): KnownImages => ({ images: all, used: new Set(used), notesOn: () => notes });

const deltaOf = (change: ResourceChange, source: () => KnownImages): LifecycleDelta | undefined =>
  lifecycleDeltas("compute-dev", planOf(change), source, now)[0];

test("fewer images kept: those between the two numbers go, and no other", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(40),
      fc.uniqueArray(fc.nat(39)),
      (from, to, count, used) => {
        fc.pre(from !== to);
        const digests = used.map((number) => `sha256:${number}`);
        const delta = deltaOf(changed(keeping(from), keeping(to)), known(images(count), digests));

        const [low, high] = [Math.min(from, to), Math.min(Math.max(from, to), count)];
        const between = Math.max(0, high - low);
        const expected = {
          count: between,
          inUse: used.filter((number) => number >= low && number < high).length,
          newestTags: Array.from({ length: Math.min(5, between) }, (_, index) => `v${low + index + 1}`),
          ...{ bytes: between * 1_000_000, unsized: 0 },
        };
        const nothing = { count: 0, inUse: 0, newestTags: [], bytes: 0, unsized: 0 };
        expect(delta?.images).toEqual({
          ...{ total: count, archived: nothing },
          ...(to < from ? { removed: expected, spared: nothing } : { removed: nothing, spared: expected }),
        });
      },
    ),
  );
});

test.each<[string, ResourceChange, string[]]>([
  [
    "a changed policy",
    changed(keeping(50), keeping(3)),
    [
      "compute-dev: myproject-dev-web-app: 47 images are removed, 2 of them in use; the newest tags: v4, v5, v6, v7, v8; up to 47.0 MB.",
    ],
  ],
  [
    "a policy that is added",
    changed(undefined, keeping(49)),
    [
      "compute-dev: myproject-dev-web-app: 1 image is removed, not in use; the newest tags: v50; up to 1.0 MB.",
    ],
  ],
  [
    "a policy that is removed",
    changed(keeping(10), undefined),
    [
      "compute-dev: myproject-dev-web-app: no further image is removed, of 50.",
      "  40 images that are removed now stay.",
    ],
  ],
  [
    "a rule that archives",
    changed(
      keeping(50),
      policy(rule(1, { countNumber: 48 }, { action: { type: "transition", targetStorageClass: "archive" } })),
    ),
    [
      "compute-dev: myproject-dev-web-app: no further image is removed, of 50.",
      "  2 images are archived, none of them in use; the newest tags: v49, v50.",
    ],
  ],
  [
    "a policy that is known only after the apply",
    changed(keeping(50), undefined, {
      actions: ["delete", "create"],
      after: { repository: "myproject-dev-web-app" },
      after_unknown: { policy: true },
    }),
    [
      "compute-dev: it is not known which images are removed for myproject-dev-web-app: the new policy is known only after the apply.",
    ],
  ],
  [
    "a policy that cannot be read",
    changed("{}", keeping(3)),
    [
      "compute-dev: it is not known which images are removed for myproject-dev-web-app: the old policy cannot be read.",
    ],
  ],
  ["the same policy in another order", changed(keeping(3), `${keeping(3)} `), []],
])("%s", (_, change, expected) => {
  const deltas = lifecycleDeltas(
    "compute-dev",
    planOf(change),
    known(images(50), ["sha256:2", "sha256:3", "sha256:40"]),
    now,
  );

  expect(lifecycleLines("compute-dev", deltas)).toEqual(expected);
});

test.each([["create"], ["delete"], ["delete", "create"]])(
  "images that come or go with their repository are not named: %s",
  (...actions) => {
    const details = { actions, before: null, after: null, after_unknown: {} };
    const repository = {
      ...{ address: "aws_ecr_repository.web-app", mode: "managed" as const, type: "aws_ecr_repository" },
      change: { ...details, before_sensitive: false, after_sensitive: false },
    };
    const plan = planOf(repository, changed(keeping(50), keeping(3)));

    expect(lifecycleDeltas("compute-dev", plan, known(images(50)), now)).toEqual([]);
  },
);

test("images whose size is not known, and manifest lists, are not added up", () => {
  const all: SizedImage[] = [
    { ...image("sha256:0", ["new"], 0), imageSizeInBytes: 5 },
    { ...image("sha256:1", [], 1), imageSizeInBytes: 70 },
    image("sha256:2", [], 2),
    {
      ...image("sha256:3", ["list"], 3),
      imageSizeInBytes: 70,
      imageManifestMediaType: "application/vnd.oci.image.index.v1+json",
    },
  ];
  const delta = deltaOf(changed(undefined, keeping(1)), known(all, [], ["something is missing"]));

  expect(lifecycleLines("compute-dev", delta === undefined ? [] : [delta])).toEqual([
    "compute-dev: myproject-dev-web-app: 3 images are removed, none of them in use; the newest tags: list; up to 70 B, without 1 image of unknown size.",
    "  Not known for sure: something is missing.",
  ]);
});

const reportWith = (source?: () => KnownImages) =>
  reportOnPlans(
    [
      {
        ...{ stack: "compute-dev", plan: planOf(changed(keeping(50), keeping(3))), context: reviewContext },
        ...{ repositories: [], waits: [], blocks: [] },
      },
    ],
    { base: "deployed", head: "work" },
    source,
  );

test("every format shows the images that go", () => {
  const report = reportWith(known(images(50), ["sha256:7", "sha256:8"]));
  const shown = [asText(report), asMarkdown(report), asHtml(report)];

  for (const text of shown) {
    expect(text).toContain("Images of changed lifecycle policies");
    expect(text).toContain(
      "47 images are removed, 2 of them in use; the newest tags: v4, v5, v6, v7, v8; up to 47.0 MB.",
    );
  }
  expect(JSON.parse(JSON.stringify(report)).stacks[0].lifecycle[0].images.removed).toEqual({
    ...{ count: 47, inUse: 2, newestTags: ["v4", "v5", "v6", "v7", "v8"], bytes: 47_000_000, unsized: 0 },
  });
});

test.each<[string, (() => KnownImages) | undefined, string]>([
  ["known", known(images(50), ["sha256:7"]), "; 47 images are removed, 1 of them in use"],
  ["known, and none goes", known(images(2)), "; no further image is removed"],
  [
    "not known",
    () => ({ why: "no images were given" }),
    "; it is not known which images are removed: no images were given",
  ],
  ["not looked at", undefined, ""],
])("the gate on retention blocks whatever is known of the images: %s", (_, source, end) => {
  const { verdict, findings } = judge(reportWith(source).stacks, [], "2026-06-30");

  expect(verdict).toBe("blocked");
  expect(findings.map(({ gate, sentence }) => [gate, sentence])).toEqual([
    [
      "image-retention",
      `myproject-dev-web-app (aws_ecr_lifecycle_policy.web-app): rule 1 (expire, any): imageCountMoreThan 50 -> 3; it will apply to images that it keeps now${end}`,
    ],
  ]);
});

test("repositories of which the same is not known share a line", () => {
  const deltas = ["a", "b", "c", "d", "e"].map((repository) => ({
    ...{ address: repository, repository, unknown: ["no images were given"] },
  }));

  expect(lifecycleLines("compute-dev", deltas)).toEqual([
    "compute-dev: it is not known which images are removed for a, b, c and 2 more: no images were given.",
  ]);
  expect(deltas.map(imagesText)[0]).toBe("it is not known which images are removed: no images were given");
});
