import { partitionFor } from "./aws-regions";

/** An account and Region that ARNs are built from. */
export interface AccountRegion {
  readonly partition: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** E.g. `us-east-1`. */
  readonly region: string;
}

/**
 * Partition of a Region: the second part of every ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOf(region: string): string {
  return partitionFor(region).id;
}

/** Domain of a Region's service endpoints, and of the few service principals that end in it, e.g. `ec2`. */
export function serviceDomain(region: string): string {
  return partitionFor(region).dnsSuffix;
}

/** Whether the partition of a Region is one of those without a connection to the internet: AWS Top Secret, Secret and others. */
export const isIsolated = (region: string): boolean => partitionOf(region).startsWith("aws-iso");
