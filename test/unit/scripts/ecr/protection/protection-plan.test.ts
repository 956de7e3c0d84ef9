import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-presets";
import { simulateLifecycle } from "../../../../../modules/ecr/lifecycle/lifecycle-simulator";
import { protectedPatterns } from "../../../../../modules/ecr/lifecycle/protected-patterns";
import type { ImageInput } from "../../../../../scripts/ecr/image-input";
import {
  makesTags,
  protectionPlan,
  protectionTag,
} from "../../../../../scripts/ecr/protection/protection-plan";

const digest = (number: number) => `sha256:${String(number).padStart(12, "0").padEnd(64, "f")}`;
const image = (number: number, more: Partial<ImageInput> = {}): ImageInput => ({
  imageDigest: digest(number),
  imageTags: [`v${number}`],
  imagePushedAt: new Date(Date.UTC(2026, 0, number + 1)),
  ...more,
});
const options = { protectedTags: ["running-*", "keep"], pattern: "running-*" };
const runs = (...numbers: number[]) => new Map(numbers.map((number) => [digest(number), ["a service"]]));
const digests = (images: readonly { readonly imageDigest: string }[]) =>
  images.map(({ imageDigest }) => imageDigest);

test("a tag repeats the beginning of the digest", () => {
  expect(protectionTag("running-*", digest(7))).toBe("running-000000000007");
  expect(protectionTag("live-*-x", digest(7))).toBe("live-000000000007-x");
});

test.each([
  ["running-*", true],
  ["*", true],
  ["running", false],
  ["-*", false],
  ["a/*", false],
  [`${"a".repeat(120)}*`, false],
])("tags of %s: %s", (pattern, possible) => {
  expect(makesTags(pattern)).toBe(possible);
});

describe("a plan", () => {
  test("tags what runs and has no protected tag", () => {
    const images = [image(1), image(2, { imageTags: ["v2", "keep"] }), image(3)];

    const plan = protectionPlan(images, runs(1, 2), options);

    expect(plan.toTag).toEqual([
      { imageDigest: digest(1), mediaType: undefined, tag: "running-000000000001", users: ["a service"] },
    ]);
    expect([plan.protectedCount, plan.toRelease, plan.toDelete]).toEqual([1, [], []]);
  });

  test("tags a manifest list, which keeps its images", () => {
    const images = [image(1, { imageTags: [] }), image(2, { references: [digest(1)] })];

    expect(digests(protectionPlan(images, runs(1, 2), options).toTag)).toEqual([digest(2)]);
  });

  test("tags an image that runs and only an unprotected list references that does not run", () => {
    const images = [image(1, { imageTags: [] }), image(2, { references: [digest(1)] })];

    expect(digests(protectionPlan(images, runs(1), options).toTag)).toEqual([digest(1)]);
  });

  test("does not release a list through which the image of a platform runs", () => {
    const list = image(2, { references: [digest(1)], imageTags: ["v2", "running-000000000002"] });
    const images = [image(1, { imageTags: [] }), list];

    expect(protectionPlan(images, runs(1), options).toRelease).toEqual([]);
    expect(digests(protectionPlan(images, new Map(), options).toRelease)).toEqual([digest(2)]);
  });

  test("tags the image of a platform if its list is in the archive, which keeps nothing", () => {
    const list = image(2, { references: [digest(1)], imageTags: ["keep"], imageStatus: "ARCHIVED" });
    const images = [image(1, { imageTags: [] }), list];

    expect(digests(protectionPlan(images, runs(1), options).toTag)).toEqual([digest(1)]);
  });

  test("names images that are in the archive, which cannot get a tag", () => {
    const { toTag, archived } = protectionPlan([image(1, { imageStatus: "ARCHIVED" })], runs(1), options);

    expect([toTag, archived]).toEqual([[], [digest(1)]]);
  });

  test("releases what no longer runs, unless the tag is its last one", () => {
    const images = [
      image(1, { imageTags: ["v1", "running-000000000001"] }),
      image(2, { imageTags: ["running-000000000002"] }),
      image(3, { imageTags: ["v3", "running-by-hand"] }),
    ];

    const { toRelease, toDelete } = protectionPlan(images, new Map(), options);

    expect([digests(toRelease), digests(toDelete)]).toEqual([[digest(1)], [digest(2)]]);
  });
});

test("after the tags are added, the policy removes nothing that runs", () => {
  const generated = fc
    .array(
      fc.record({
        imageTags: fc.uniqueArray(fc.constantFrom("keep", "a", "b"), { maxLength: 2 }),
        references: fc.option(fc.uniqueArray(fc.nat(7), { maxLength: 2 }), { nil: undefined }),
        running: fc.boolean(),
      }),
      { maxLength: 8 },
    )
    .map((all) =>
      all.map(({ imageTags, references, running }, index) => ({
        // Tags name one image each.
        image: image(index, {
          imageTags: imageTags.map((tag) => `${tag}${index}`),
          references: references?.filter((other) => other < index).map(digest),
        }),
        running,
      })),
    );
  fc.assert(
    fc.property(generated, fc.integer({ min: 1, max: 3 }), (all, maxImageCount) => {
      const { policy } = composePolicy({
        protectedTags: ["running-*", "keep*"],
        lifecycleRules: [],
        untaggedExpiryDays: 1,
        maxImageCount,
      });
      const images = all.map((one) => one.image);
      const users = new Map(all.flatMap((one) => (one.running ? [[one.image.imageDigest, ["x"]]] : [])));
      const { toTag } = protectionPlan(images, users, {
        protectedTags: protectedPatterns(policy),
        pattern: "running-*",
      });
      const tags = new Map(toTag.map(({ imageDigest, tag }) => [imageDigest, tag]));
      const tagged = images.map((one) => {
        const tag = tags.get(one.imageDigest);
        return tag === undefined ? one : { ...one, imageTags: [...(one.imageTags ?? []), tag] };
      });

      for (const { image: one, action } of simulateLifecycle(policy, tagged, new Date(Date.UTC(2027, 0)))
        .outcomes)
        if (users.has(one.imageDigest)) expect(action).toBe("KEEP");
    }),
  );
});
