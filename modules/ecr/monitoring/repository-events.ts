/** The repositories whose events a rule matches. */
export interface RepositoryGroup {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** Prefix of the repository names, e.g. `myproject-prod-`. */
  readonly namePrefix: string;
}

/** Prefix of the repository ARNs. */
export function arnPrefix({ partition, accountId, region, namePrefix }: RepositoryGroup): string {
  return `arn:${partition}:ecr:${region}:${accountId}:repository/${namePrefix}`;
}

/**
 * EventBridge pattern for all scan events of these repositories: the end of a basic scan, the end of an initial
 * enhanced scan, and each finding of Amazon Inspector.
 *
 * The field with the repository name differs between the three, but in all of them `resources` starts with the
 * repository ARN.
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
 * EventBridge pattern for completed pushes to these repositories. The event has no resources, so it is matched by
 * repository name; a rule receives events of its own account and Region only.
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
