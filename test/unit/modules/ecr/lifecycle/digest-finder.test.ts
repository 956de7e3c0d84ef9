import { expect, test } from "vitest";
import { digestFinder } from "../../../../../modules/ecr/lifecycle/digest-finder";

const digestOf = digestFinder([
  { imageDigest: "sha256:1", imageTags: ["v1", "latest"] },
  { imageDigest: "sha256:2" },
]);

test.each([
  [{ tag: "latest" }, "sha256:1"],
  [{ tag: "v2" }, undefined],
  [{ digest: "sha256:2" }, "sha256:2"],
  [{ digest: "sha256:3" }, undefined],
  [{ tag: "v1", digest: "sha256:2" }, "sha256:1"],
  [{}, undefined],
])("%j is %s", (reference, digest) => {
  expect(digestOf(reference)).toBe(digest);
});
