import { type RepositoryGroup, resourcePatterns } from "./repository-events";

/** Severities that basic and enhanced scanning have in common, most severe first. */
export const severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"] as const;

export type Severity = (typeof severities)[number];

/** Which findings to send a message for. */
export interface FindingMessageRequest {
  readonly repositories: RepositoryGroup;
  /** Who scans. Basic scanning and Amazon Inspector publish different events. */
  readonly scanType: "BASIC" | "ENHANCED";
  /** At least one. */
  readonly severities: readonly Severity[];
}

/** EventBridge settings that turn events into messages. */
export interface FindingMessage {
  /** EventBridge patterns as JSON. Each event matches at most one. */
  readonly eventPatterns: readonly string[];
  /** JSON path in the event of each variable. */
  readonly inputPaths: Readonly<Record<string, string>>;
  /** The message: one quoted string for each line, with variables as `<name>`. */
  readonly inputTemplate: string;
}

/**
 * Messages about findings in images. Basic scanning gives one for each scan with a finding of a requested severity,
 * Amazon Inspector one for each such finding that is new or changed and still active.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-events.html
 */
export function findingMessage(request: FindingMessageRequest): FindingMessage {
  return request.scanType === "BASIC" ? basicScanAlert(request) : inspectorAlert(request);
}

function basicScanAlert({ repositories, severities: wanted }: FindingMessageRequest): FindingMessage {
  // A severity without findings has no count of 0; its key is missing.
  const found = inOrder(wanted).map((severity) => ({ [severity]: [{ exists: true }] }));
  return {
    eventPatterns: resourcePatterns(repositories, (resources) => ({
      source: ["aws.ecr"],
      "detail-type": ["ECR Image Scan"],
      resources,
      detail: {
        "scan-status": ["COMPLETE"],
        "finding-severity-counts": found.length === 1 ? found[0] : { $or: found },
      },
    })),
    inputPaths: {
      account: "$.account",
      region: "$.region",
      repository: "$.detail.repository-name",
      digest: "$.detail.image-digest",
      tags: "$.detail.image-tags",
      // The whole object: the path of a single severity would be missing in most events.
      counts: "$.detail.finding-severity-counts",
    },
    inputTemplate: lines(
      "Findings in an image of <repository>: <counts>",
      "Tags: <tags>",
      "Digest: <digest>",
      "Account <account>, Region <region>. Details: aws ecr describe-image-scan-findings --region <region> --repository-name <repository> --image-id imageDigest=<digest>",
    ),
  };
}

function inspectorAlert({ repositories, severities: wanted }: FindingMessageRequest): FindingMessage {
  const image = "$.detail.resources[0].details.awsEcrContainerImage";
  const vulnerability = "$.detail.packageVulnerabilityDetails";
  return {
    eventPatterns: resourcePatterns(repositories, (resources) => ({
      source: ["aws.inspector2"],
      "detail-type": ["Inspector2 Finding"],
      resources,
      detail: {
        severity: inOrder(wanted),
        status: ["ACTIVE"],
        resources: { type: ["AWS_ECR_CONTAINER_IMAGE"] },
      },
    })),
    // EventBridge escapes nothing, so no path refers to free text such as a title: a quotation mark in it would break
    // the message.
    inputPaths: {
      account: "$.account",
      region: "$.region",
      severity: "$.detail.severity",
      finding: "$.detail.findingArn",
      repository: `${image}.repositoryName`,
      digest: `${image}.imageHash`,
      tags: `${image}.imageTags`,
      vulnerability: `${vulnerability}.vulnerabilityId`,
      package: `${vulnerability}.vulnerablePackages[0].name`,
      source: `${vulnerability}.sourceUrl`,
    },
    inputTemplate: lines(
      "<severity> finding in an image of <repository>: <vulnerability> in <package>",
      "Tags: <tags>",
      "Digest: <digest>",
      "About it: <source>",
      "Account <account>, Region <region>. Finding: <finding>",
    ),
  };
}

/** Sorted and without duplicates, so that the order in the file makes no difference. */
function inOrder(wanted: readonly Severity[]): Severity[] {
  return severities.filter((severity) => wanted.includes(severity));
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function lines(...texts: string[]): string {
  return texts.map((text) => `"${text}"`).join("\n");
}
