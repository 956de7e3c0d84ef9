import fc from "fast-check";
import { expect, test } from "vitest";
import {
  heldAs,
  type ListedImage,
  lackOf,
  manifestListTypes,
  totalsOf,
} from "../../../../../modules/ecr/replication/replica-comparison";

const digest = (n: number) => `sha256:${String(n).padStart(64, "0")}`;
const contentOf = (images: readonly ListedImage[]) =>
  new Map(images.map((one) => [one.imageDigest, heldAs(one)]));
const image = (n: number, more: Partial<ListedImage> = {}): ListedImage => ({
  imageDigest: digest(n),
  imageTags: [`v${n}`],
  imageSizeInBytes: 100,
  imagePushedAt: new Date(n * 1000),
  ...more,
});

test("an image that the replica does not have is absent, with its bytes and tags", () => {
  expect(lackOf(image(1), new Map())).toEqual({
    digest: digest(1),
    lack: "absent",
    tags: ["v1"],
    missingTags: ["v1"],
    bytes: 100,
    pushedAt: new Date(1000),
    mediaType: undefined,
  });
});

test("an image that the replica has archived cannot be pulled from it", () => {
  const replica = contentOf([image(1, { imageStatus: "ARCHIVED" })]);

  expect(lackOf(image(1), replica)).toMatchObject({ lack: "archived", bytes: 100, missingTags: ["v1"] });
});

test("an image without one of its tags is reported, without bytes", () => {
  const replica = contentOf([image(1)]);

  expect(lackOf(image(1, { imageTags: ["v1", "stable"] }), replica)).toMatchObject({
    lack: "tags",
    missingTags: ["stable"],
    bytes: 0,
  });
});

test.each(["ARCHIVED", "ACTIVATING"])("an image that is %s in the source is not expected", (imageStatus) => {
  expect(lackOf(image(1, { imageStatus }), new Map())).toBeUndefined();
});

test.each(manifestListTypes)("a list (%s) counts no bytes, because its images are counted", (type) => {
  expect(lackOf(image(1, { imageManifestMediaType: type }), new Map())).toMatchObject({ bytes: 0 });
});

test("totals have the oldest push", () => {
  const lacking = [3, 1, 2].flatMap((n) => lackOf(image(n), new Map()) ?? []);

  expect(totalsOf(lacking)).toEqual({ images: 3, bytes: 300, oldest: new Date(1000) });
  expect(totalsOf([])).toEqual({ images: 0, bytes: 0, oldest: undefined });
});

/** A registry as the pulls that it answers: each reference and the digest that it gives. */
function pulls(images: readonly ListedImage[]): Map<string, string> {
  return new Map(
    images
      .filter(({ imageStatus }) => imageStatus === undefined || imageStatus === "ACTIVE")
      .flatMap(({ imageDigest, imageTags = [] }) =>
        [imageDigest, ...imageTags].map((reference) => [reference, imageDigest] as const),
      ),
  );
}

/** Repositories in which each tag is on one image. */
const repository = fc
  .uniqueArray(
    fc.record({
      n: fc.integer({ min: 0, max: 9 }),
      imageStatus: fc.constantFrom(undefined, "ACTIVE", "ARCHIVED", "ACTIVATING"),
      tags: fc.subarray(["a", "b", "c", "d"]),
    }),
    { selector: ({ n }) => n },
  )
  .map((all) => {
    const taken = new Set<string>();
    return all.map(({ n, imageStatus, tags }) =>
      image(n, {
        imageStatus,
        imageTags: tags.filter((tag) => !taken.has(tag) && taken.add(tag)),
      }),
    );
  });

test("an image lacks something exactly if a pull from the replica gives something else than from the source", () => {
  fc.assert(
    fc.property(repository, repository, (source, replica) => {
      const [fromSource, fromReplica] = [pulls(source), pulls(replica)];
      const differing = [...fromSource]
        .filter(([reference, found]) => fromReplica.get(reference) !== found)
        .map(([, found]) => found);
      const content = contentOf(replica);

      const lacking = source.flatMap((one) => lackOf(one, content)?.digest ?? []);

      expect(lacking.toSorted()).toEqual([...new Set(differing)].toSorted());
    }),
    { numRuns: 500 },
  );
});
