import {
  DescribeImageScanFindingsCommand,
  type DescribeImageScanFindingsCommandOutput,
  type ECRClient,
} from "@aws-sdk/client-ecr";
import { whenMissing } from "../when-missing";
import type { SeverityCounts } from "./severity";

/** What ECR knows of the scan of an image. */
export type Scan =
  | { readonly state: "done"; readonly counts: SeverityCounts }
  | { readonly state: "waiting"; readonly reason: string }
  | { readonly state: "impossible"; readonly reason: string };

/** An image by its digest. */
export interface ScannedImage {
  readonly registryId: string;
  readonly repositoryName: string;
  readonly imageDigest: string;
}

/** States in which a scan may still come to an end. */
const unfinished = ["IN_PROGRESS", "PENDING"];

/**
 * The scan of an image, now.
 *
 * A basic scan ends as `COMPLETE`. Enhanced scanning reports `ACTIVE` as long as it watches the image, also before its first
 * scan, which only has a time of completion afterwards.
 *
 * @throws Error of the SDK, except that the image has not been scanned
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html
 */
export async function scanOf(client: ECRClient, { imageDigest, ...repository }: ScannedImage): Promise<Scan> {
  const request = { ...repository, imageId: { imageDigest }, maxResults: 1 };
  const answer = await client
    .send(new DescribeImageScanFindingsCommand(request))
    .catch(whenMissing("ScanNotFoundException", undefined));
  return answer === undefined ? { state: "waiting", reason: "ECR has not scanned it" } : scanIn(answer);
}

/** The scan that an answer of ECR tells of. */
export function scanIn({ imageScanStatus, imageScanFindings }: DescribeImageScanFindingsCommandOutput): Scan {
  const { status = "of unknown state", description } = imageScanStatus ?? {};
  const reason = description === undefined || description === "" ? status : `${status}: ${description}`;
  const completed = imageScanFindings?.imageScanCompletedAt !== undefined;
  if (status === "COMPLETE" || (status === "ACTIVE" && completed))
    return { state: "done", counts: imageScanFindings?.findingSeverityCounts ?? {} };
  return status === "ACTIVE" || unfinished.includes(status)
    ? { state: "waiting", reason }
    : { state: "impossible", reason };
}
