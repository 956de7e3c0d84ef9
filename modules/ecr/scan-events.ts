/** Which scan events are wanted. */
export interface ScanEventFilter {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** What the names of the repositories begin with. */
  readonly namePrefix: string;
}

/**
 * EventBridge pattern for everything that scans of these repositories report: the end of a basic scan, the end of an
 * enhanced first scan, and each finding of Amazon Inspector.
 *
 * The fields that hold a repository's name differ between the three, but `resources` begins with its ARN in all.
 *
 * @returns the pattern as JSON
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-events.html
 */
export function scanEventPattern({ partition, accountId, region, namePrefix }: ScanEventFilter): string {
  return JSON.stringify({
    source: ["aws.ecr", "aws.inspector2"],
    "detail-type": ["ECR Image Scan", "Inspector2 Scan", "Inspector2 Finding"],
    resources: [{ prefix: `arn:${partition}:ecr:${region}:${accountId}:repository/${namePrefix}` }],
  });
}
