import {
  type DescribeImageScanFindingsCommandOutput,
  type ECRClient,
  paginateDescribeImageScanFindings,
} from "@aws-sdk/client-ecr";
import { type Scan, type ScannedImage, scanIn } from "../image/scan";
import { basicFinding, enhancedFinding, type Finding } from "./finding";

/** The scan of an image with all that it found. */
export interface ScanFindings {
  readonly scan: Scan;
  /** Empty unless the scan is done. */
  readonly findings: readonly Finding[];
  /** Who scanned: ECR itself, or Amazon Inspector. @default - nobody yet, or nothing was found */
  readonly scanType: "BASIC" | "ENHANCED" | undefined;
  readonly completedAt: Date | undefined;
}

/** The most findings that a page can have. */
const pageSize = 1000;

/**
 * All findings of an image, page by page. Findings that Inspector closed or suppressed are left out.
 *
 * @throws Error of the SDK, except that the image has not been scanned
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html
 */
export async function readFindings(
  client: ECRClient,
  { imageDigest, ...repository }: ScannedImage,
): Promise<ScanFindings> {
  const findings: Finding[] = [];
  let first: DescribeImageScanFindingsCommandOutput | undefined;
  let scanType: ScanFindings["scanType"];
  try {
    const request = { ...repository, imageId: { imageDigest } };
    for await (const page of paginateDescribeImageScanFindings({ client, pageSize }, request)) {
      first ??= page;
      const { findings: basic = [], enhancedFindings: enhanced = [] } = page.imageScanFindings ?? {};
      if (basic.length > 0) scanType ??= "BASIC";
      if (enhanced.length > 0) scanType ??= "ENHANCED";
      findings.push(...basic.map(basicFinding));
      findings.push(...enhanced.filter(isActive).map(enhancedFinding));
    }
  } catch (error) {
    if ((error as Error).name !== "ScanNotFoundException") throw error;
  }
  if (first === undefined)
    return {
      scan: { state: "waiting", reason: "ECR has not scanned it" },
      findings: [],
      scanType: undefined,
      completedAt: undefined,
    };
  const scan = scanIn(first);
  return {
    scan,
    findings: scan.state === "done" ? findings : [],
    scanType,
    completedAt: first.imageScanFindings?.imageScanCompletedAt,
  };
}

/** @see https://docs.aws.amazon.com/inspector/v2/APIReference/API_Finding.html statuses ACTIVE, SUPPRESSED and CLOSED */
const isActive = ({ status = "ACTIVE" }: { readonly status?: string | undefined }): boolean =>
  status === "ACTIVE";
