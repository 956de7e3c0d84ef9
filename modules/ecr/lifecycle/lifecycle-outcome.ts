/** An image as `DescribeImages` returns it, with what its manifest says about other images. */
export interface Image {
  readonly imageDigest: string;
  /** @default - untagged */
  readonly imageTags?: readonly string[] | undefined;
  readonly imagePushedAt: Date;
  /** @default - never pulled */
  readonly lastRecordedPullTime?: Date | undefined;
  /** @default - never archived */
  readonly lastArchivedAt?: Date | undefined;
  /** When it was restored from the archive. @default - never */
  readonly lastActivatedAt?: Date | undefined;
  /** `ACTIVATING` images are on their way out of the archive. @default "ACTIVE" */
  readonly imageStatus?: string | undefined;
  /** Digests of the images that a manifest list names. @default - it is no manifest list */
  readonly references?: readonly string[] | undefined;
  /** Digest of the image that a signature, an SBOM or another referrer belongs to. @default - it is no referrer */
  readonly subject?: string | undefined;
}

/** What happens to an image, in the words of AWS's preview. */
export interface Outcome {
  readonly image: Image;
  readonly action: "KEEP" | "EXPIRE" | "TRANSITION";
  /** Priority of the rule that acts. @default - no rule acts on it */
  readonly appliedRulePriority?: number;
  /** Why, in a sentence. */
  readonly reason: string;
}
