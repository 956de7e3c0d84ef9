import endpoints from "@aws-sdk/util-endpoints/dist-cjs/lib/aws/partitions.json";
import { suggest } from "../values/suggestion";

/** Regions that AWS opened after the version of the data that package.json pins, as in `@aws-sdk/core` 3.981.2. */
export const newerRegions: readonly string[] = ["me-west-1", "sa-west-1"];

/** Every Region, from the endpoint data of AWS's SDK. Without pseudo-Regions such as `aws-global`. */
export const regions: readonly string[] = endpoints.partitions
  .flatMap((partition) => Object.keys(partition.regions))
  .filter((region) => !region.endsWith("-global"))
  .concat(newerRegions)
  .toSorted();

const known: ReadonlySet<string> = new Set(regions);

/** Whether a value is the code of an AWS Region. */
export function isRegion(value: unknown): value is string {
  return typeof value === "string" && known.has(value);
}

/**
 * The rule and remedy for a value that is no Region. Suggests Regions of the same area first: the nearest word for
 * `eu-east-1` would be `us-east-1`.
 */
export function regionAdvice(value: unknown): string {
  const area = typeof value === "string" ? value.slice(0, 2).toLowerCase() : "";
  const sameArea = regions.filter((region) => region.startsWith(area));
  const choice =
    area === "" || sameArea.length === 0
      ? 'use a code such as "us-east-1" or "eu-west-1"'
      : (suggest(value, sameArea) ?? `choose from ${sameArea.join(", ")}`);
  return `this must be an AWS Region code; ${choice}`;
}

/** A partition: its ID, as in ARNs, and the domain of its services. */
interface Partition {
  readonly id: string;
  readonly dnsSuffix: string;
}

const patterns = endpoints.partitions.map(({ id, outputs: { dnsSuffix }, regionRegex }) => ({
  partition: { id, dnsSuffix },
  pattern: new RegExp(regionRegex),
}));

/** Partition of a Region. For a value that is no Region, which the schema of a file reports, the commercial one. */
export function partitionFor(region: string): Partition {
  const found = patterns.find(({ pattern }) => pattern.test(region));
  return found?.partition ?? { id: "aws", dnsSuffix: "amazonaws.com" };
}

/**
 * Regions that the oldest supported versions do not list: Terraform 1.11, whose S3 backend has its own list, or AWS
 * provider 5.100.0. Both were tried. They work there without Terraform's own check of the Region.
 *
 * @see https://hashicorp.github.io/terraform-provider-aws/add-a-new-region/
 */
const unlistedRegions: ReadonlySet<string> = new Set([
  "ap-east-2",
  "ap-southeast-6",
  "eusc-de-east-1",
  "us-isob-west-1",
  ...newerRegions,
]);

/** Whether Terraform or its AWS provider, in the oldest supported version, rejects a Region that it does not list. */
export function isUnlisted(region: string): boolean {
  return unlistedRegions.has(region);
}

/** Oldest Terraform version with a stable lock file in the S3 backend. */
export const oldestTerraform = "1.11.0";

/**
 * Oldest Terraform whose S3 backend finds the hosts of a Region. The AWS European Sovereign Cloud has hosts of its own.
 *
 * @see https://github.com/hashicorp/terraform/pull/37721
 */
export function terraformSince(region: string): string {
  return partitionFor(region).id === "aws-eusc" ? "1.14.0" : oldestTerraform;
}
