import { expect, test } from "vitest";
import { manifestDigest, partsIn } from "../../../../../modules/ecr/replication/image-manifest";

const part = (digest: string, mediaType = "application/vnd.oci.image.layer.v1.tar+gzip") => ({
  mediaType,
  digest,
  size: 1,
});

test("the configuration and the layers of an image, each once", () => {
  const manifest = { schemaVersion: 2, config: part("c"), layers: [part("a"), part("b"), part("a")] };

  expect(partsIn(JSON.stringify(manifest))).toEqual({
    blobs: ["c", "a", "b"],
    images: [],
    subject: undefined,
  });
});

test("the images of a list, and the subject of a signature", () => {
  const list = { schemaVersion: 2, manifests: [part("x"), part("y"), part("x")] };
  const signature = { schemaVersion: 2, config: part("c"), layers: [], subject: part("x") };

  expect(partsIn(JSON.stringify(list))).toMatchObject({ blobs: [], images: ["x", "y"] });
  expect(partsIn(JSON.stringify(signature))).toMatchObject({ blobs: ["c"], subject: "x" });
});

test.each([
  "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
  "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
])("a layer that registries do not store is not copied: %s", (mediaType) => {
  const manifest = { schemaVersion: 2, config: part("c"), layers: [part("a", mediaType)] };

  expect(partsIn(JSON.stringify(manifest)).blobs).toEqual(["c"]);
});

test("Docker's first schema is refused", () => {
  expect(() => partsIn('{"schemaVersion":1,"fsLayers":[]}')).toThrow(
    "its manifest has schema version 1; push it again in a newer format",
  );
  expect(() => partsIn("{}")).toThrow("schema version none");
});

test("the digest is that of exactly the bytes", () => {
  expect(manifestDigest("{}")).toBe(
    "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
  );
  expect(manifestDigest("{ }")).not.toBe(manifestDigest("{}"));
});
