/** An image as `DescribeImages` returns it, with the references to other images in its manifest. */
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
  /** `ACTIVATING` images are being restored from the archive. @default "ACTIVE" */
  readonly imageStatus?: string | undefined;
  /** Digests of the images that a manifest list references. @default - not a manifest list */
  readonly references?: readonly string[] | undefined;
  /** Digest of the image that a signature, an SBOM or another referrer refers to. @default - not a referrer */
  readonly subject?: string | undefined;
}

/** What happens to an image, in the terms of the lifecycle policy preview of AWS. */
export interface Outcome {
  readonly image: Image;
  readonly action: "KEEP" | "EXPIRE" | "TRANSITION";
  /** Priority of the rule that acts. @default - no rule acts on it */
  readonly appliedRulePriority?: number;
  /** Why, in a sentence. */
  readonly reason: string;
}
