import type { ImageDetail } from "@aws-sdk/client-ecr";
import type { Scan } from "../image/scan";
import { isList } from "../image-input";

/**
 * What an entry of a repository is: an image for one platform, a manifest list of several, or an artifact that refers to
 * another entry, such as a signature or an SBOM.
 */
export type ImageKind = "image" | "list" | "referrer";

/** What `images` prints of an image, and nothing more, so that many fit into memory. */
export interface ImageRow {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly kind: ImageKind;
  /** Compressed size in bytes; of a list, that of its largest image. */
  readonly size: number | undefined;
  readonly pushed: Date | undefined;
  /** ECR records it at least once every 24 hours. @default - never pulled, or not recorded */
  readonly pulled: Date | undefined;
  readonly status: string;
  readonly signed: boolean;
  /** `undefined` until somebody looks; `null` of what ECR does not scan: lists, whose images it scans, and archived images. */
  readonly scan: Scan | null | undefined;
  /** E.g. `linux/arm64`. @default - nobody has looked */
  readonly platforms?: readonly string[];
}

/** The row of an image. @param signed digests of the signed images of the repository */
export function rowOf(detail: ImageDetail, signed: ReadonlySet<string>): ImageRow {
  const { imageDigest = "", imageTags = [], imageStatus = "ACTIVE" } = detail;
  const kind = kindOf(detail);
  return {
    digest: imageDigest,
    tags: imageTags.toSorted(),
    kind,
    size: detail.imageSizeInBytes,
    pushed: detail.imagePushedAt,
    pulled: detail.lastRecordedPullTime,
    status: imageStatus,
    signed: signed.has(imageDigest),
    scan: kind === "image" && imageStatus === "ACTIVE" ? scanIn(detail) : null,
  };
}

function kindOf({ imageManifestMediaType, subjectManifestDigest, imageTags = [] }: ImageDetail): ImageKind {
  if (subjectManifestDigest !== undefined || imageTags.some((tag) => attached.test(tag))) return "referrer";
  return isList({ imageManifestMediaType }) ? "list" : "image";
}

/** Tags of cosign's older scheme. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#tag-based-discovery */
const attached = /^sha256-[0-9a-f]{64}\.(?:sig|att|sbom)$/;

/**
 * A scan that DescribeImages tells. Of basic scanning in its present version, it tells nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
 */
function scanIn({ imageScanStatus, imageScanFindingsSummary }: ImageDetail): Scan | undefined {
  const counts = imageScanFindingsSummary?.findingSeverityCounts;
  return imageScanStatus?.status === "COMPLETE" && counts !== undefined
    ? { state: "done", counts }
    : undefined;
}
