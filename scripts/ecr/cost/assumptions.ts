import { hoursOfMonth } from "./cost-line";

/** Days of pushes that count as a month's. */
export const daysOfMonth = 30;

/** What every estimate rests on. */
export const generalAssumptions: readonly string[] = [
  "List prices in US dollars, without taxes, free tiers, savings plans and discounts.",
  `A month has ${hoursOfMonth} hours, and a GB 2^30 bytes.`,
  "A KMS key costs a dollar a month more after its first rotation and another after its second; its requests are not counted, nor those of secrets.",
  "Not counted: data through endpoints and NAT gateways, capacity units of load balancers, transfer to the internet, CloudWatch, the state bucket, and what runs the images.",
];

/** What an estimate of images rests on. */
export function imageAssumptions({
  layers,
  rescans,
}: {
  readonly layers: boolean;
  readonly rescans: number;
}): string[] {
  return [
    layers
      ? "A layer counts once in a repository and storage class, however many images have it; archived images count with their whole size."
      : "Storage is an upper bound: each image counts with its whole size, though ECR stores a layer that images share once. --layers counts it once.",
    `Pushes are those of the last ${daysOfMonth} days, of images that still exist.`,
    `Amazon Inspector scans each image ${rescans === 0 ? "once, when it is pushed: with continuous scanning, name the times that it scans again in a month with --rescans, which the usage page of Inspector shows" : `again ${rescans} times a month`}. Images that are restored are scanned as well, and are not counted.`,
    "Not counted: repositories that ECR creates for caches and from templates, unmanaged and public ones.",
    "Restoring an archived image costs an amount for each GB, and archived images are billed for at least 90 days; neither is counted.",
    "The archive costs less only beyond 150 TB in an account and Region; that is applied to each repository alone.",
  ];
}
