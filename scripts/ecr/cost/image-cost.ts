import { bytesOfGb, type CostLine, type CostPart, costLine } from "./cost-line";
import type { MeasuredRepository } from "./read-storage";
import type { StoredBytes } from "./repository-storage";
import { storedNow } from "./what-if";

/** A repository or one of its replicas, with what it stores. */
export interface MeasuredPlace {
  /** Name in ECR. */
  readonly repositoryName: string;
  readonly region: string;
  readonly isReplica: boolean;
  /** Whether Amazon Inspector scans its images. */
  readonly enhancedScanning: boolean;
  /** Regions that its images are replicated to. Data transfer is billed where it starts. */
  readonly replicatedTo: readonly string[];
  readonly measured: MeasuredRepository;
}

/** How the images of a month are counted. */
export interface ImagePeriod {
  /** When the period began that counts as a month. */
  readonly since: Date;
  /** How often Inspector scans each image again in a month. */
  readonly rescans: number;
}

/** What the images of a place cost in a month. */
export function imageCost(place: MeasuredPlace, period: ImagePeriod): CostLine[] {
  const { measured, isReplica, enhancedScanning } = place;
  return [
    ...storageLines(place, storedNow(measured), isReplica ? "replication" : "storage"),
    ...transferLines(place, period),
    ...(enhancedScanning ? scanLines(place, period) : []),
  ].filter(({ quantity }) => quantity > 0);
}

/** What bytes in each storage class cost. */
export function storageLines(
  { repositoryName, region }: Pick<MeasuredPlace, "repositoryName" | "region">,
  { standard, archive }: StoredBytes,
  part: CostPart,
): CostLine[] {
  const place = { part, region, unit: "GB-month" };
  return [
    costLine({ ...place, item: repositoryName, quantity: standard / bytesOfGb, priceName: "storage" }),
    costLine({
      ...{ ...place, item: `${repositoryName}, archived` },
      ...{ quantity: archive / bytesOfGb, priceName: "archive" },
    }),
  ];
}

/** Layers that came in the period go once to each Region. */
function transferLines(
  { repositoryName, region, replicatedTo, measured }: MeasuredPlace,
  { since }: ImagePeriod,
): CostLine[] {
  const quantity = measured.storage.newBytesSince(since) / bytesOfGb;
  return replicatedTo.map((destination) =>
    costLine({
      ...{ part: "replication", item: `${repositoryName} to ${destination}`, region },
      ...{ quantity, unit: "GB", priceName: "transfer" },
    }),
  );
}

/** Inspector bills the first scan of an image and each later one. */
function scanLines(
  { repositoryName, region, measured }: MeasuredPlace,
  { rescans }: ImagePeriod,
): CostLine[] {
  const line = (item: string, quantity: number, priceName: "initialScan" | "rescan") =>
    costLine({ part: "scanning", item, region, quantity, unit: "scan", priceName });
  return [
    line(`${repositoryName}, first scans`, measured.pushedImages, "initialScan"),
    line(`${repositoryName}, scans again`, measured.imageCount * rescans, "rescan"),
  ];
}
