import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeImageScanFindingsCommand,
  type ECRClient,
  GetRegistryScanningConfigurationCommand,
  StartImageScanCommand,
} from "@aws-sdk/client-ecr";
import type { Platform } from "../image/found-image";
import type { ScannedImage } from "../image/scan";

/** What became of the request to scan an image again. */
export type Rescan = { readonly state: "started" } | { readonly state: "refused"; readonly reason: string };

/** The rescan of a platform's image. */
export interface PlatformRescan extends Platform {
  readonly rescan: Rescan;
}

/** How AWS scans a repository now. */
export interface ScanSetting {
  readonly scanType: "BASIC" | "ENHANCED";
  /** @default - ECR names none */
  readonly frequency: string | undefined;
}

/** How AWS scans a repository now, whatever the environment file says. */
export async function scanSettingOf(client: ECRClient, repositoryName: string): Promise<ScanSetting> {
  const { scanningConfiguration } = await client.send(new GetRegistryScanningConfigurationCommand({}));
  const { scanningConfigurations = [] } = await client.send(
    new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [repositoryName] }),
  );
  return {
    scanType: scanningConfiguration?.scanType ?? "BASIC",
    frequency: scanningConfigurations[0]?.scanFrequency,
  };
}

/**
 * Why no scan can be started, and what to do instead; `undefined` if one can. StartImageScan starts basic scans only.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_StartImageScan.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced.html
 */
export function whyImpossible(
  { scanType, frequency }: ScanSetting,
  repositoryName: string,
): string | undefined {
  if (scanType === "BASIC") return undefined;
  const start = `The registry has enhanced scanning, so Amazon Inspector decides when it scans ${repositoryName}, and no scan can be started`;
  if (frequency === "CONTINUOUS_SCAN")
    return `${start}. The repository is scanned continuously: Inspector scans an image again by itself when it learns of a vulnerability, as long as the image is within the registry's re-scan duration. See what it found: npm run ecr -- scan-findings.`;
  if (frequency === "SCAN_ON_PUSH")
    return `${start}. The repository is scanned on push: push the image again under a new digest, or set scanFrequency: "CONTINUOUS_SCAN" in the environment file.`;
  return `${start}. No rule of the registry covers the repository, so it is not scanned: set enableEnhancedScanning: true in the environment file.`;
}

const hour = 60 * 60 * 1000;

/** ECR counts from the start of the last scan, which is not known; its end is a little later. */
const certainlyTooSoon = 23 * hour;

/**
 * Start a basic scan of an image. ECR scans an image once in 24 hours, the scan on push included. The SDK takes ECR's refusal for
 * throttling and tries again for half a minute, so the last scan is looked up first.
 *
 * @throws Error of the SDK, except when ECR refuses this image
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_StartImageScan.html
 */
export async function startScan(
  client: ECRClient,
  { imageDigest, ...repository }: ScannedImage,
  now: Date,
): Promise<Rescan> {
  const image = { ...repository, imageId: { imageDigest } };
  const last = await lastScanOf(client, image);
  if (last !== undefined && now.getTime() - last.getTime() < certainlyTooSoon)
    return {
      state: "refused",
      reason: `ECR scanned it at ${last.toISOString()}, and ${onceADay} ${new Date(last.getTime() + 24 * hour).toISOString()}`,
    };
  try {
    await client.send(new StartImageScanCommand(image));
    return { state: "started" };
  } catch (error) {
    const reason = refusals[(error as Error).name];
    if (reason === undefined) throw error;
    return { state: "refused", reason: `${reason} (${(error as Error).message.replace(/\s+/g, " ")})` };
  }
}

async function lastScanOf(
  client: ECRClient,
  image: ConstructorParameters<typeof StartImageScanCommand>[0],
): Promise<Date | undefined> {
  try {
    const { imageScanFindings } = await client.send(
      new DescribeImageScanFindingsCommand({ ...image, maxResults: 1 }),
    );
    return imageScanFindings?.imageScanCompletedAt;
  } catch (error) {
    if ((error as Error).name !== "ScanNotFoundException") throw error;
    return undefined;
  }
}

const onceADay = "scans an image at most once in 24 hours; try again from about";

const refusals: Readonly<Record<string, string>> = {
  LimitExceededException:
    "ECR scans an image at most once in 24 hours, the scan on push included; try again a day after the last scan",
  UnsupportedImageTypeException: "basic scanning does not support an image of this type",
  ImageArchivedException: "the image is archived; restore it first",
};
