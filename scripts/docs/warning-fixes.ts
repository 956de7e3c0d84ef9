import type { WarningName } from "../../environments/options/exceptions";

/** What a warning or a rule is about, and what to do. */
export interface Entry {
  readonly means: string;
  readonly fix: string;
}

/** Every warning that synth prints, for the page of rules and warnings. Texts are Markdown. */
export const warningFixes: Readonly<Record<WarningName, Entry>> = {
  "lifecycle-rule-matches-nothing": {
    means: "A lifecycle rule selects no image that this repository can have.",
    fix: "Correct the patterns that the message names, or remove the rule.",
  },
  "lifecycle-rule-needs-several-tags": {
    means:
      "ECR combines the entries of `tagPatternList` or `tagPrefixList` with AND, so an image needs a matching tag for each of them.",
    fix: "Write one rule for each entry.",
  },
  "lifecycle-rule-shadowed": {
    means: "An earlier rule matches every image that this rule selects. ECR then never applies this one.",
    fix: "Put the more specific rule first, or remove this rule.",
  },
  "untagged-expiry-of-multi-architecture": {
    means:
      "A manifest list that loses its tag counts as untagged. The rule then expires it, and its images with it.",
    fix: "Give each build a unique tag, so that lists keep theirs, and accept the warning.",
  },
  "lambda-image-may-go": {
    means:
      "A lifecycle rule can expire or archive an image that a Lambda function runs. The function then fails.",
    fix: "Give the images of functions a tag of their own, and add it to `protectedTags`.",
  },
  "organization-without-lambda": {
    means:
      "Sharing a repository with an organization does not include the Lambda service of its other accounts.",
    fix: "List the accounts whose functions run these images in `allowedAccountIds`.",
  },
  "image-in-use-may-go": {
    means: "A lifecycle rule can expire or archive the image that a service, function or Deployment runs.",
    fix: "Add the tag to `protectedTags`. For an image named by digest, tag it first; `lifecycle preview` shows the result.",
  },
  "lambda-runs-a-tag": {
    means:
      "Lambda resolves a tag once, at deployment. When the tag moves, the image that runs loses its protection from lifecycle rules.",
    fix: "Name the image by `digest`; `npm run ecr -- pin` writes it into the file.",
  },
  "cached-image-by-digest": {
    means: "A pull-through cache finds an image by digest only after it has cached it.",
    fix: "Pull the image by tag once, and accept the warning.",
  },
  "replicas-without-settings": {
    means:
      "ECR replicates images, not settings. Replicas in other accounts get AES256 and mutable tags unless that registry has a repository creation template.",
    fix: "Print a template for their owner with `npm run ecr -- registry policy`, and accept the warning.",
  },
  "replica-without-archiving": {
    means:
      "Nothing pulls from a replica, so lifecycle rules by last pull do not act there. It keeps what its source archives.",
    fix: "Count days since the push instead, or delete these images in the replica.",
  },
  "replication-policy-elsewhere": {
    means: "No environment here owns the destination registry, so its owner must allow the replication.",
    fix: "Print the policy for them with `npm run ecr -- registry policy`. Accept the warning when it is in place.",
  },
  "replicas-not-created": {
    means:
      "This registry receives images of repositories that it does not have, and may not create them. Replication fails, which only CloudTrail shows.",
    fix: "Create the repositories, or set `ecr.allowReplicaCreation: true`.",
  },
  "manual-scans-unavailable": {
    means:
      "The registry uses enhanced scanning, which has no manual scans. This repository is never scanned.",
    fix: "Set `scanOnPush: true`, or use basic scanning in all environments of the registry.",
  },
  "public-access": {
    means: "A repository policy statement allows everyone.",
    fix: "Name accounts or roles in `principals`, or add a condition such as `aws:PrincipalOrgID`.",
  },
  "foreign-push": {
    means: "A statement lets callers push that are not named by account or role.",
    fix: "Name the accounts or roles that push, or restrict the statement to pull actions.",
  },
  "service-without-source": {
    means: "A statement allows an AWS service without saying for which account it acts (confused deputy).",
    fix: "Add a condition on `aws:SourceAccount` or `aws:SourceArn`.",
  },
  "policy-without-effect": {
    means: "Part of a repository policy statement can never apply.",
    fix: "Correct or remove the part that the message names.",
  },
  "policy-unverified": {
    means: "AWS's documents do not say whether ECR accepts this part of a statement.",
    fix: "Try it in an account for tests, and accept the warning if it works.",
  },
  "trust-policy-over-default-quota": {
    means: "The trust policy of a pipeline role is longer than IAM allows by default.",
    fix: 'Use fewer entries, for example with `*`, or request a higher quota "Role trust policy length".',
  },
  "bucket-tags-in-partition": {
    means:
      "In this partition, S3 may refuse the call with which AWS provider 6.23.0 and later reads a bucket's tags.",
    fix: "If creating the bucket fails, create it yourself and set `state.createBucket: false`.",
  },
  "bucket-tags-refused": {
    means:
      "This version of the AWS provider creates buckets together with their tags, which S3 may refuse in this Region.",
    fix: "Set `awsProviderVersion` to 6.29.0 or later before the bootstrap is deployed.",
  },
  "kubernetes-version-support": {
    means: "Standard support of the cluster's Kubernetes version has ended, or all support has.",
    fix: "Raise `eks.kubernetesVersion` by one minor version at a time.",
  },
  "catalog-data-not-shown": {
    means: "The public gallery does not show this architecture or operating system.",
    fix: "Use one of the names in the message, or remove it.",
  },
  "root-cache-covers-registry": {
    means:
      "A pull-through cache with prefix `ROOT` applies to every name that no other cache has. A pull of a missing repository may import an image from outside.",
    fix: "Use immutable tags, or a cache with a prefix of its own.",
  },
  "no-lifecycle-policy": {
    means: "The repository has no lifecycle policy, so images are kept, and paid for, permanently.",
    fix: "Set `maxImageCount` or `lifecyclePolicy`.",
  },
  "gate-needs-scans": {
    means: "The gate of images waits for scans of a repository that nothing scans on a push.",
    fix: "Remove `scanOnPush: false`, or start each scan with `npm run ecr -- rescan` and accept the warning.",
  },
  "scanning-covers-others": {
    means: "The scanning filters also match repositories of the registry that no file declares.",
    fix: "Give repositories names with a common start, and use a name pattern with that start.",
  },
  "health-checks-do-not-fit": {
    means:
      "The grace period of a service is shorter than its containers and the load balancer need, or nothing checks its health.",
    fix: "Set the grace period to at least the number in the message, or remove the option.",
  },
  "slow-rollout": {
    means:
      "A failing deployment can take longer than pipelines usually wait, because each round of tasks has its own grace period.",
    fix: "Reduce the grace period and the deregistration delay, or raise the pipeline's timeout.",
  },
  "exec-without-init-process": {
    means:
      "ECS Exec starts processes of its own in the container. Without an init process, those that end stay as zombie processes.",
    fix: "Set `initProcessEnabled: true`.",
  },
  "spot-unfit": {
    means:
      "AWS can stop tasks on Fargate Spot at any time. Nothing keeps this service or task running meanwhile, or it has too few tasks to use Spot.",
    fix: "Set `onDemandBase` to the number of tasks that must keep running, and run more tasks than that.",
  },
};
