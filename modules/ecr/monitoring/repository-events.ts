/** The repositories whose events a rule matches. */
export interface RepositoryGroup {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** What the repository names start with, e.g. `myproject-prod-`. */
  readonly starts: readonly string[];
  /** Names of further repositories. @default - none */
  readonly names?: readonly string[];
}

/**
 * Greatest length of an event pattern, in characters, which AWS raises on request. Repositories that one pattern has no
 * space for get another.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
export const maxPatternLength = 2_048;

/** How an event pattern matches a text: those that start with one, or one exactly. */
type Match = string | { readonly prefix: string };

/**
 * EventBridge patterns for all scan events of these repositories: the end of a basic scan, the end of an initial
 * enhanced scan, and each finding of Amazon Inspector. Each event matches at most one of them.
 *
 * The field with the repository name differs between the three, but in all of them `resources` starts with the
 * repository ARN.
 *
 * @returns the patterns as JSON
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-events.html
 */
export function scanEventPatterns(group: RepositoryGroup): string[] {
  return resourcePatterns(group, (resources) => ({
    source: ["aws.ecr", "aws.inspector2"],
    "detail-type": ["ECR Image Scan", "Inspector2 Scan", "Inspector2 Finding"],
    resources,
  }));
}

/**
 * EventBridge patterns for completed pushes to these repositories. The event has no resources, so it is matched by
 * repository name; a rule receives events of its own account and Region only.
 *
 * @returns the patterns as JSON
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 */
export function pushEventPatterns(group: RepositoryGroup): string[] {
  return patterns(matches(group, ""), (names) => ({
    source: ["aws.ecr"],
    "detail-type": ["ECR Image Action"],
    detail: { "action-type": ["PUSH"], result: ["SUCCESS"], "repository-name": names },
  }));
}

/**
 * Patterns that match the ARNs of the repositories.
 *
 * @param patternOf a pattern with these `resources`
 */
export function resourcePatterns(
  group: RepositoryGroup,
  patternOf: (resources: readonly Match[]) => object,
): string[] {
  const { partition, accountId, region } = group;
  return patterns(matches(group, `arn:${partition}:ecr:${region}:${accountId}:repository/`), patternOf);
}

/** What the repositories are, for descriptions, e.g. `myproject-prod-*`, or `team/app and 3 more`. */
export function groupText({ starts, names = [] }: RepositoryGroup): string {
  const [first, ...others] = [...starts.map((start) => `${start}*`), ...names];
  return `${first ?? "no repository"}${others.length === 0 ? "" : ` and ${others.length} more`}`;
}

function matches({ starts, names = [] }: RepositoryGroup, before: string): Match[] {
  return [
    ...starts.map((start) => ({ prefix: `${before}${start}` })),
    ...names.map((name) => `${before}${name}`),
  ];
}

/** As few patterns as possible that together match the same. */
function patterns(all: readonly Match[], patternOf: (some: readonly Match[]) => object): string[] {
  const parts: Match[][] = [];
  let length = 0;
  const empty = JSON.stringify(patternOf([])).length;
  for (const match of all) {
    const added = JSON.stringify(match).length + 1;
    const part = parts.at(-1);
    if (part === undefined || length + added > maxPatternLength) {
      parts.push([match]);
      length = empty + added;
    } else {
      part.push(match);
      length += added;
    }
  }
  return parts.map((part) => JSON.stringify(patternOf(part)));
}
