import fc from "fast-check";
import { expect, test } from "vitest";
import { blobsIn } from "../../../../../scripts/ecr/cost/image-layers";
import { RepositoryStorage } from "../../../../../scripts/ecr/cost/repository-storage";

const blob = fc
  .integer({ min: 0, max: 9 })
  .map((number) => ({ digest: `sha256:${number}`, size: 2 ** number }));
const image = fc.record({ blobs: fc.array(blob, { maxLength: 5 }), day: fc.integer({ min: 0, max: 9 }) });
const time = (day: number) => new Date(Date.UTC(2026, 0, 1 + day));

test("each blob counts once, however many images have it", () => {
  fc.assert(
    fc.property(fc.array(image, { maxLength: 8 }), fc.integer({ min: 0, max: 9 }), (images, day) => {
      const storage = new RepositoryStorage();
      const indexes = images.flatMap(({ blobs, day: pushed }) => storage.add(blobs, time(pushed)));
      // Sizes are powers of 2, so a sum is a set.
      const naive = (of: typeof images) =>
        [...new Set(of.flatMap(({ blobs }) => blobs.map(({ size }) => size)))].reduce((a, b) => a + b, 0);
      const older = images.filter(({ day: pushed }) => pushed < day);
      expect(storage.bytesOf(indexes)).toBe(naive(images));
      expect(storage.newBytesSince(time(day))).toBe(naive(images) - naive(older));
    }),
    { numRuns: 500 },
  );
});

const part = (digest: string, size: number, mediaType = "application/vnd.oci.image.layer.v1.tar+gzip") => ({
  ...{ digest, size, mediaType },
});

test.each([
  [
    "an image: its configuration and layers",
    { config: part("sha256:c", 1), layers: [part("sha256:a", 10), part("sha256:b", 20)] },
    [
      { digest: "sha256:c", size: 1 },
      { digest: "sha256:a", size: 10 },
      { digest: "sha256:b", size: 20 },
    ],
  ],
  ["a list: nothing itself", { manifests: [part("sha256:a", 10)] }, []],
  [
    "layers that stay elsewhere: not those",
    {
      config: part("sha256:c", 1),
      layers: [
        part("sha256:w", 99, "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"),
        part("sha256:n", 99, "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"),
      ],
    },
    [{ digest: "sha256:c", size: 1 }],
  ],
  ["version 1, which has no sizes: not known", { fsLayers: [{ blobSum: "sha256:a" }] }, undefined],
  ["layers without sizes: not known", { layers: [{ digest: "sha256:a" }] }, undefined],
])("of %s", (_, manifest, blobs) => {
  expect(blobsIn(JSON.stringify(manifest))).toEqual(blobs);
});
