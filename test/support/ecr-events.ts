/**
 * Events as AWS documents them, without the fields that nothing here looks at.
 *
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-events.html
 * https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
 */
export const digest = "sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234abcd";

const arn = (repository: string): string => `arn:aws:ecr:us-east-1:987654321098:repository/${repository}`;

/** Needed by every event, and the same in all. */
const envelope = {
  version: "0",
  id: "13cde686-328b-6117-af20-0e5566167482",
  account: "987654321098",
  region: "us-east-1",
  time: "2026-01-01T00:00:00Z",
};

/** The end of a basic scan. A severity without findings has no count. */
export const basicScan = (
  repository: string,
  counts: Readonly<Record<string, number>> = { CRITICAL: 10, MEDIUM: 9 },
) => ({
  ...envelope,
  source: "aws.ecr",
  "detail-type": "ECR Image Scan",
  resources: [arn(repository)],
  detail: {
    "scan-status": "COMPLETE",
    "repository-name": repository,
    "finding-severity-counts": counts,
    "image-digest": digest,
    "image-tags": ["v1.2.3", "latest"],
  },
});

/** The end of the first scan by Amazon Inspector; its repository-name holds an ARN. */
export const enhancedScan = (repository: string) => ({
  ...envelope,
  source: "aws.inspector2",
  "detail-type": "Inspector2 Scan",
  resources: [arn(repository)],
  detail: {
    "scan-status": "INITIAL_SCAN_COMPLETE",
    "repository-name": arn(repository),
    "finding-severity-counts": { CRITICAL: 7, HIGH: 61, MEDIUM: 62, TOTAL: 158 },
    "image-digest": digest,
    "image-tags": ["latest"],
  },
});

const finding = (severity: string, status: string) => ({
  severity,
  status,
  type: "PACKAGE_VULNERABILITY",
  title: "CVE-2019-17498 - libssh2-1",
  findingArn: "arn:aws:inspector2:us-east-1:987654321098:finding/be674aaddd0f75632",
  packageVulnerabilityDetails: {
    vulnerabilityId: "CVE-2019-17498",
    sourceUrl: "https://people.canonical.com/~ubuntu-security/cve/2019/CVE-2019-17498.html",
    vulnerablePackages: [
      { name: "libssh2-1", version: "1.8.0" },
      { name: "libssh2-dev", version: "1.8.0" },
    ],
  },
});

/** A finding of Amazon Inspector in an image. It is `ACTIVE` until it is `CLOSED`, and may be `SUPPRESSED`. */
export const imageFinding = (repository: string, severity = "CRITICAL", status = "ACTIVE") => ({
  ...envelope,
  source: "aws.inspector2",
  "detail-type": "Inspector2 Finding",
  resources: [`${arn(repository)}/${digest}`],
  detail: {
    ...finding(severity, status),
    resources: [
      {
        type: "AWS_ECR_CONTAINER_IMAGE",
        id: `${arn(repository)}/${digest}`,
        details: {
          awsEcrContainerImage: { repositoryName: repository, imageHash: digest, imageTags: ["latest"] },
        },
      },
    ],
  },
});

/** A finding of Amazon Inspector in a virtual machine. */
export const instanceFinding = {
  ...envelope,
  source: "aws.inspector2",
  "detail-type": "Inspector2 Finding",
  resources: ["i-0123456789abcdef0"],
  detail: {
    ...finding("CRITICAL", "ACTIVE"),
    resources: [{ type: "AWS_EC2_INSTANCE", id: "i-0123456789abcdef0", details: {} }],
  },
};

const imageAction = (action: "PUSH" | "DELETE") => (repository: string) => ({
  ...envelope,
  source: "aws.ecr",
  "detail-type": "ECR Image Action",
  resources: [],
  detail: {
    result: "SUCCESS",
    "repository-name": repository,
    "image-digest": digest,
    "action-type": action,
    "image-tag": "latest",
  },
});

/** A completed push. */
export const push = imageAction("PUSH");

/** A deletion, by whomever. */
export const deletion = imageAction("DELETE");

/** An image that arrived by replication. */
export const replication = (repository: string) => ({
  ...envelope,
  source: "aws.ecr",
  "detail-type": "ECR Replication Action",
  resources: [arn(repository)],
  detail: {
    result: "SUCCESS",
    "repository-name": repository,
    "image-digest": digest,
    "source-account": "123456789012",
    "action-type": "REPLICATE",
    "source-region": "us-west-2",
    "image-tag": "latest",
  },
});

/** A look at the upstream registry by a pull-through cache. */
export const pullThrough = (repository: string) => ({
  ...envelope,
  source: "aws.ecr",
  "detail-type": "ECR Pull Through Cache Action",
  resources: [arn(repository)],
  detail: {
    "rule-version": "1",
    "sync-status": "SUCCESS",
    "ecr-repository-prefix": "docker-hub",
    "repository-name": repository,
    "upstream-registry-url": "public.ecr.aws",
    "image-tag": "latest",
    "image-digest": digest,
  },
});
