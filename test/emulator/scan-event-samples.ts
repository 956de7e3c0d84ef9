/**
 * Events as AWS documents them, cut down to the fields that a pattern can see.
 *
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-events.html
 */
const digest = "sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234abcd";

const arn = (repository: string): string => `arn:aws:ecr:us-east-1:987654321098:repository/${repository}`;

/** Needed by every event, and the same in all. */
const envelope = { id: "1", account: "987654321098", region: "us-east-1", time: "2026-01-01T00:00:00Z" };

/** The end of a basic scan. */
export const basicScan = (repository: string) => ({
  ...envelope,
  source: "aws.ecr",
  "detail-type": "ECR Image Scan",
  resources: [arn(repository)],
  detail: { "scan-status": "COMPLETE", "repository-name": repository, "image-digest": digest },
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
    "image-digest": digest,
  },
});

/** A finding of Amazon Inspector in an image. */
export const imageFinding = (repository: string) => ({
  ...envelope,
  source: "aws.inspector2",
  "detail-type": "Inspector2 Finding",
  resources: [`${arn(repository)}/${digest}`],
  detail: {
    severity: "CRITICAL",
    status: "ACTIVE",
    resources: [
      {
        type: "AWS_ECR_CONTAINER_IMAGE",
        details: { awsEcrContainerImage: { repositoryName: repository, imageHash: digest } },
      },
    ],
  },
});

/** A finding of Amazon Inspector in a virtual machine. */
export const instanceFinding = {
  ...envelope,
  source: "aws.inspector2",
  "detail-type": "Inspector2 Finding",
  resources: ["arn:aws:ec2:us-east-1:987654321098:instance/i-0123456789abcdef0"],
  detail: { severity: "CRITICAL", status: "ACTIVE", resources: [{ type: "AWS_EC2_INSTANCE" }] },
};

/** A push, which is no scan. */
export const push = (repository: string) => ({
  ...envelope,
  source: "aws.ecr",
  "detail-type": "ECR Image Action",
  resources: [],
  detail: { "action-type": "PUSH", result: "SUCCESS", "repository-name": repository, "image-digest": digest },
});
