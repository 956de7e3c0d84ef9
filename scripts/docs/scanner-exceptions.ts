/** Rules of Checkov or Trivy that resources of some kinds break on purpose. */
export interface ScannerException {
  /** Ids, as both scanners write them. */
  readonly rules: readonly string[];
  /** Kinds of resources that break the rules; `Deployment` is a manifest of Kubernetes. */
  readonly kinds: readonly string[];
  /** Why, in a few words. `docs/reference/scanner-rules.md` says more. */
  readonly reason: string;
}

/**
 * Every rule that is not met by design. `npm run docs` writes `.checkov.yaml` and `.trivyignore` from this list, and
 * tests hold each entry to resources that break its rules and to `docs/reference/scanner-rules.md`.
 */
export const scannerExceptions: readonly ScannerException[] = [
  {
    rules: ["CKV_AWS_149", "AWS-0098"],
    kinds: ["aws_secretsmanager_secret"],
    reason: "ECR reads the credentials of a pull-through cache only under the AWS managed key",
  },
  {
    rules: ["CKV2_AWS_57"],
    kinds: ["aws_secretsmanager_secret"],
    reason: "rotation needs a function that knows the other system",
  },
  {
    rules: ["CKV_AWS_338"],
    kinds: ["aws_cloudwatch_log_group"],
    reason: "keeping logs for a year costs more, so each environment decides",
  },
  {
    rules: ["AWS-0135"],
    kinds: ["aws_sqs_queue"],
    reason: "with SSE-SQS, anyone who reads the events needs no key permission",
  },
  {
    rules: ["AWS-0057", "CKV_AWS_290", "CKV_AWS_355"],
    kinds: ["aws_iam_policy", "aws_iam_role_policy"],
    reason: "AWS checks some actions on * only, and names of an environment share a prefix",
  },
  {
    rules: ["CKV_AWS_18", "AWS-0089"],
    kinds: ["aws_s3_bucket"],
    reason: "access logs need a second bucket; CloudTrail data events trace reads",
  },
  {
    rules: ["CKV_AWS_145", "AWS-0132"],
    kinds: ["aws_s3_bucket_server_side_encryption_configuration"],
    reason: "the bucket of states is created before any key and must stay readable without one",
  },
  {
    rules: ["AWS-0170"],
    kinds: ["aws_s3_bucket_versioning"],
    reason: "only the root user can enable MFA delete",
  },
  {
    rules: ["CKV_AWS_143"],
    kinds: ["aws_s3_bucket"],
    reason: "old versions of states are kept for 90 days, and Object Lock cannot be disabled again",
  },
  {
    rules: ["CKV_AWS_144"],
    kinds: ["aws_s3_bucket"],
    reason: "a state is useful only with the Region it describes",
  },
  {
    rules: ["CKV2_AWS_62"],
    kinds: ["aws_s3_bucket"],
    reason: "nothing would act on event notifications",
  },
  {
    rules: ["CKV_AWS_260", "AWS-0107"],
    kinds: ["aws_vpc_security_group_ingress_rule"],
    reason: "a load balancer opens port 80 only to redirect to HTTPS",
  },
  {
    rules: ["AWS-0104"],
    kinds: ["aws_vpc_security_group_egress_rule"],
    reason: "the addresses of AWS services change, so HTTPS is open to all of them",
  },
  {
    rules: ["CKV2_AWS_5"],
    kinds: ["aws_security_group"],
    reason: "while the first push is awaited, no service or function uses the group yet",
  },
  {
    rules: ["CKV_AWS_91"],
    kinds: ["aws_lb"],
    reason: "access logs hold visitors' addresses and need a bucket of their own",
  },
  {
    rules: ["CKV_AWS_378"],
    kinds: ["aws_lb_target_group"],
    reason: "TLS ends at the load balancer, and only its security group reaches the tasks",
  },
  {
    rules: ["CKV2_AWS_28", "CKV2_AWS_76"],
    kinds: ["aws_lb"],
    reason: "the rules of a web application firewall belong to the application",
  },
  {
    rules: ["AWS-0053"],
    kinds: ["aws_lb"],
    reason: "a service with a load balancer is meant to be reached from outside",
  },
  {
    rules: ["CKV_AWS_115"],
    kinds: ["aws_lambda_function"],
    reason: "concurrency reserved for one function is unavailable to all others",
  },
  {
    rules: ["CKV_AWS_117"],
    kinds: ["aws_lambda_function"],
    reason: "a function that uses nothing in a VPC gains nothing there",
  },
  {
    rules: ["CKV_AWS_272"],
    kinds: ["aws_lambda_function"],
    reason: "Lambda does not verify signatures of images",
  },
  {
    rules: ["CKV_K8S_8"],
    kinds: ["Deployment"],
    reason: "only the application knows when a restart would help",
  },
  {
    rules: ["CKV_K8S_11"],
    kinds: ["Deployment"],
    reason: "a CPU limit slows a pod down while its node has CPU to spare",
  },
  {
    rules: ["CKV_K8S_15"],
    kinds: ["Deployment"],
    reason: "an image named by a digest or an immutable tag is the same every time",
  },
  {
    rules: ["CKV_K8S_40"],
    kinds: ["Deployment"],
    reason: "the image determines the user ID; the manifest requires one other than root",
  },
];
