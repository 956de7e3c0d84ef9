/** An account and a Region of it. */
export interface AccountRegion {
  readonly partition: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** E.g. `us-east-1`. */
  readonly region: string;
}

/**
 * The partition of a Region: the second part of every ARN. Known are the commercial, China and GovCloud Regions.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** End of the host names of a Region's services, as it stands in service principals and in `kms:ViaService`. */
export function serviceDomain(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
