/**
 * A lifecycle policy in AWS's terms.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export interface LifecyclePolicy {
  /** Up to 50. */
  readonly rules: readonly LifecycleRule[];
}

/** One rule with the field names of the lifecycle policy JSON, so that rules can be copied from the AWS documentation. */
export interface LifecycleRule {
  /** ECR applies rules in order of priority, lowest number first. */
  readonly rulePriority: number;
  /** What the ECR console shows. */
  readonly description?: string | undefined;
  readonly selection: LifecycleSelection;
  readonly action: LifecycleAction;
}

/** Images that a rule applies to. */
export interface LifecycleSelection {
  readonly tagStatus: "tagged" | "untagged" | "any";
  /** For `tagged`: patterns, where `*` matches any text. An image needs a matching tag for each of them. */
  readonly tagPatternList?: readonly string[] | undefined;
  /** For `tagged`: prefixes. An image needs a matching tag for each of them. */
  readonly tagPrefixList?: readonly string[] | undefined;
  /** @default "standard" */
  readonly storageClass?: "standard" | "archive" | undefined;
  readonly countType:
    | "imageCountMoreThan"
    | "sinceImagePushed"
    | "sinceImagePulled"
    | "sinceImageTransitioned";
  /** For every count type except `imageCountMoreThan`. */
  readonly countUnit?: "days" | undefined;
  /** Number of images to keep, or number of days. */
  readonly countNumber: number;
}

/** What happens to the selected images: they are deleted, or moved to the archive. */
export interface LifecycleAction {
  readonly type: "expire" | "transition";
  /** For `transition`. */
  readonly targetStorageClass?: "archive" | undefined;
}
