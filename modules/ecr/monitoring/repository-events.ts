/** The repositories whose events are wanted. */
export interface RepositoryGroup {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** What the names of the repositories begin with, e.g. `myproject-prod-`. */
  readonly namePrefix: string;
}

/** What the ARNs of the repositories begin with. */
export function arnPrefix({ partition, accountId, region, namePrefix }: RepositoryGroup): string {
  return `arn:${partition}:ecr:${region}:${accountId}:repository/${namePrefix}`;
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
export function scanEventPattern(group: RepositoryGroup): string {
  return JSON.stringify({
    source: ["aws.ecr", "aws.inspector2"],
    "detail-type": ["ECR Image Scan", "Inspector2 Scan", "Inspector2 Finding"],
    resources: [{ prefix: arnPrefix(group) }],
  });
}

/**
 * EventBridge pattern for completed pushes to these repositories. The event names no resource, so the name counts; it
 * comes from the rule's own account and Region.
 *
 * @returns the pattern as JSON
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 */
export function pushEventPattern({ namePrefix }: RepositoryGroup): string {
  return JSON.stringify({
    source: ["aws.ecr"],
    "detail-type": ["ECR Image Action"],
    detail: {
      "action-type": ["PUSH"],
      result: ["SUCCESS"],
      "repository-name": [{ prefix: namePrefix }],
    },
  });
}
