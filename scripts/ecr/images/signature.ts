/**
 * What a referrer says of its subject, by the type of its artifact: that it is signed; nothing; or only its annotations tell,
 * because Sigstore's bundles hold signatures and attestations alike.
 */
export type Testimony = "signature" | "nothing" | "bundle";

/**
 * Artifact types of signatures.
 *
 * @see https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md the Notary Project's, which
 *   AWS Signer and ECR's managed signing also make
 * @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 */
const signatureTypes: readonly string[] = [
  "application/vnd.cncf.notary.signature",
  "application/vnd.dev.cosign.artifact.sig.v1+json",
  "application/vnd.dev.cosign.simplesigning.v1+json",
];

/** Type of a layer that cosign signs, and the annotation with its signature. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
export const simpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json";
const simpleSignature = "dev.cosignproject.cosign/signature";

/** Sigstore bundles of any version. https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md */
const isBundle = (type: string): boolean => type.startsWith("application/vnd.dev.sigstore.bundle");

/** Types that say nothing of an artifact: the tool that made it set none. */
const unspoken: readonly string[] = [
  "application/vnd.oci.empty.v1+json",
  "application/vnd.oci.image.config.v1+json",
];

/** What a referrer says, by the type of its artifact. */
export function testimonyOf(artifactType: string | undefined): Testimony {
  if (artifactType === undefined || unspoken.includes(artifactType) || isBundle(artifactType))
    return "bundle";
  return signatureTypes.includes(artifactType) ? "signature" : "nothing";
}

/** Predicate of bundles that are signatures. https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md */
const signPredicate = "https://sigstore.dev/cosign/sign/v1";

/** A referrer as ECR lists it for its subject. */
export interface Referrer {
  readonly artifactType?: string | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** Whether a referrer is a signature. A bundle is one if it says so: most bundles are attestations. */
export function isSignature({ artifactType, annotations = {} }: Referrer): boolean {
  const testimony = testimonyOf(artifactType);
  if (testimony !== "bundle") return testimony === "signature";
  return (
    annotations["dev.sigstore.bundle.predicateType"] === signPredicate ||
    annotations["dev.sigstore.bundle.content"] === "message-signature"
  );
}

/**
 * The image that a tag of cosign's older scheme signs, e.g. `sha256:…` for `sha256-….sig`.
 *
 * @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#tag-based-discovery
 */
export function signedByTag(tag: string): string | undefined {
  const [, hex] = /^sha256-([0-9a-f]{64})\.sig$/.exec(tag) ?? [];
  return hex === undefined ? undefined : `sha256:${hex}`;
}

/** The tag of that scheme for an image, e.g. `sha256-….sig` for `sha256:…`. */
export const signatureTag = (digest: string): string => `${digest.replace(":", "-")}.sig`;

/** Whether a manifest under such a tag has a signature: a layer of cosign's type with the annotation that holds it. */
export function isSimpleSigning(manifest: string): boolean {
  const { layers = [] } = JSON.parse(manifest) as { layers?: readonly SignedLayer[] };
  return layers.some(
    ({ mediaType, annotations = {} }) =>
      mediaType === simpleSigning && (annotations[simpleSignature] ?? "") !== "",
  );
}

interface SignedLayer {
  readonly mediaType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}
