import { expect, test } from "vitest";
import { isSignature, signedByTag, testimonyOf } from "../../../../../scripts/ecr/images/signature";

const bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";
const hex = "a".repeat(64);

test.each([
  ["application/vnd.cncf.notary.signature", "signature"],
  ["application/vnd.dev.cosign.artifact.sig.v1+json", "signature"],
  [bundle, "bundle"],
  ["application/vnd.dev.sigstore.bundle+json;version=0.1", "bundle"],
  ["application/vnd.oci.empty.v1+json", "bundle"],
  [undefined, "bundle"],
  ["application/spdx+json", "nothing"],
  ["application/vnd.cyclonedx+json", "nothing"],
])("a referrer of type %s says: %s", (type, testimony) => {
  expect(testimonyOf(type)).toBe(testimony);
});

test("a Sigstore bundle is a signature only if it says so: an attestation is none", () => {
  const bundleOf = (annotations: Record<string, string>) =>
    isSignature({ artifactType: bundle, annotations });

  expect(
    bundleOf({
      "dev.sigstore.bundle.content": "dsse-envelope",
      "dev.sigstore.bundle.predicateType": "https://sigstore.dev/cosign/sign/v1",
    }),
  ).toBe(true);
  expect(bundleOf({ "dev.sigstore.bundle.content": "message-signature" })).toBe(true);
  expect(
    bundleOf({
      "dev.sigstore.bundle.content": "dsse-envelope",
      "dev.sigstore.bundle.predicateType": "https://slsa.dev/provenance/v1",
    }),
  ).toBe(false);
  expect(isSignature({ artifactType: bundle })).toBe(false);
  expect(isSignature({})).toBe(false);
});

test("cosign's older scheme signs the image that its tag names", () => {
  expect(signedByTag(`sha256-${hex}.sig`)).toBe(`sha256:${hex}`);
  for (const tag of [
    `sha256-${hex}.att`,
    `sha256-${hex}.sbom`,
    `sha256-${hex}`,
    "v1.sig",
    `sha256-${hex}.sig2`,
  ])
    expect(signedByTag(tag)).toBeUndefined();
});
