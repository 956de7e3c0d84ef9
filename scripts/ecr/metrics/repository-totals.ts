import type { ImageDetail } from "@aws-sdk/client-ecr";
import { manifestListTypes } from "../../../modules/ecr/replication/replica-comparison";

/** The orders of `top`. */
export const orders = ["pulls", "size", "images", "findings"] as const;

export type Order = (typeof orders)[number];

/** What `top` shows of a repository. */
export interface RepositoryTotals {
  /** Name in ECR. */
  readonly repositoryName: string;
  readonly pulls: number;
  /** Bytes of all images, each with its whole size. */
  readonly size: number;
  /** Images and lists of images. */
  readonly images: number;
  /** Critical and high findings in the last scans of the images. */
  readonly findings: number;
  /** Images whose scan ECR has no summary of. */
  readonly unscanned: number;
}

/** Sums of a repository's images, of which no more than one page is in memory. */
export async function totalsOf(
  images: AsyncIterable<ImageDetail>,
): Promise<Omit<RepositoryTotals, "repositoryName" | "pulls">> {
  const totals = { size: 0, images: 0, findings: 0, unscanned: 0 };
  for await (const {
    imageSizeInBytes = 0,
    imageManifestMediaType = "",
    imageScanFindingsSummary,
  } of images) {
    totals.images++;
    // The size of a list is that of its largest image, which is counted itself.
    if (manifestListTypes.includes(imageManifestMediaType)) continue;
    totals.size += imageSizeInBytes;
    const counts = imageScanFindingsSummary?.findingSeverityCounts;
    if (counts === undefined) totals.unscanned++;
    totals.findings += (counts?.CRITICAL ?? 0) + (counts?.HIGH ?? 0);
  }
  return totals;
}

/** The first repositories in an order, from the highest; equal ones by name. */
export const first = (totals: readonly RepositoryTotals[], order: Order, limit: number): RepositoryTotals[] =>
  totals
    .toSorted(
      (a, b) =>
        b[order] - a[order] ||
        (a.repositoryName < b.repositoryName ? -1 : a.repositoryName > b.repositoryName ? 1 : 0),
    )
    .slice(0, limit);
