import type { Image } from "../../../modules/ecr/lifecycle/lifecycle-outcome";
import { LifecyclePolicy } from "../../../modules/ecr/lifecycle/lifecycle-rule";
import { manifestListTypes } from "../../../modules/ecr/replication/replica-comparison";
import { documentIn } from "../canonical";
import type { TerraformPlan } from "../terraform-plan";
import { type PolicyChange, policyChangesIn } from "./policy-change";
import { type PolicyEffect, policyEffects } from "./policy-effects";

/** What the change of a lifecycle policy does to the images of its repository, compared with the policy before. */
export interface LifecycleDelta {
  /** Terraform address of the policy, e.g. `aws_ecr_lifecycle_policy.web-app`. */
  readonly address: string;
  /** Name of the repository in ECR. */
  readonly repository: string;
  /** What happens to the images within 24 hours. @default - nobody knows the images */
  readonly images?: ImageChanges;
  /** What is not known, each as a sentence. */
  readonly unknown: readonly string[];
}

/** Each image is in one of these groups at most: what both policies do to it is no change. */
export interface ImageChanges {
  /** All images of the repository. */
  readonly total: number;
  /** Those that only the new policy removes. */
  readonly removed: ImageGroup;
  /** Those that only the new policy archives. */
  readonly archived: ImageGroup;
  /** Those that only the old policy removes or archives. */
  readonly spared: ImageGroup;
}

/** Some images of a repository. */
export interface ImageGroup {
  readonly count: number;
  readonly inUse: number;
  /** Of the newest images with a tag, at most {@link newest}. */
  readonly newestTags: readonly string[];
  /** Sum of the sizes that are known. What is stored can be less, because images share layers. */
  readonly bytes: number;
  /** Number of those whose size is not known. */
  readonly unsized: number;
}

/** An image with what a sum of sizes needs. */
export interface SizedImage extends Image {
  /** Compressed size. Of a manifest list: the size of its largest image. */
  readonly imageSizeInBytes?: number | undefined;
  readonly imageManifestMediaType?: string | undefined;
}

/** The images of a repository, or why nobody knows them. */
export type KnownImages =
  | {
      readonly images: readonly SizedImage[];
      /** Digests of images in use. */
      readonly used: ReadonlySet<string>;
      /** What the images lack, so that a simulation of a policy may be wrong, each as a sentence. */
      readonly notesOn: (policy: LifecyclePolicy) => readonly string[];
    }
  | { readonly why: string };

/** Finds the images to which a changed policy applies. */
export type ImageSource = (stack: string, change: PolicyChange) => KnownImages;

/** How many tags are named. */
export const newest = 5;

/** The deltas of a plan. @param now time at which ECR applies the policies */
export const lifecycleDeltas = (
  stack: string,
  plan: TerraformPlan,
  source: ImageSource,
  now: Date,
): LifecycleDelta[] =>
  policyChangesIn(plan).map((change) => ({
    ...{ address: change.address, repository: change.repository },
    ...deltaOf(change, () => source(stack, change), now),
  }));

function deltaOf(
  change: PolicyChange,
  known: () => KnownImages,
  now: Date,
): Pick<LifecycleDelta, "images" | "unknown"> {
  if (change.isUnknown) return { unknown: ["the new policy is known only after the apply"] };
  const [before, after] = [policyIn(change.before), policyIn(change.after)];
  if (before === undefined || after === undefined)
    return { unknown: [`the ${before === undefined ? "old" : "new"} policy cannot be read`] };
  const found = known();
  if ("why" in found) return { unknown: [found.why.replace(/\.$/, "")] };
  const { images, used, notesOn } = found;
  const effects = policyEffects(before, after, images, now);
  const group = (effect: PolicyEffect) =>
    groupOf(
      images.filter((_, index) => effects[index] === effect),
      used,
    );
  return {
    images: {
      total: images.length,
      removed: group("removed"),
      archived: group("archived"),
      spared: group("spared"),
    },
    unknown: notesOn({ rules: [...before.rules, ...after.rules] }),
  };
}

/** A policy without rules if there is none; `undefined` if nobody can say what it does. */
export function policyIn(text: string | undefined): LifecyclePolicy | undefined {
  if (text === undefined) return { rules: [] };
  const { success, data } = LifecyclePolicy.safeParse(documentIn(text));
  return success ? data : undefined;
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageDetail.html the size of a manifest list */
function groupOf(images: readonly SizedImage[], used: ReadonlySet<string>): ImageGroup {
  const newestFirst = images.toSorted((a, b) => b.imagePushedAt.getTime() - a.imagePushedAt.getTime());
  const sizes = images
    .filter(({ imageManifestMediaType: type = "" }) => !manifestListTypes.includes(type))
    .map(({ imageSizeInBytes }) => imageSizeInBytes);
  return {
    count: images.length,
    inUse: images.filter(({ imageDigest }) => used.has(imageDigest)).length,
    newestTags: newestFirst.flatMap(({ imageTags = [] }) => imageTags).slice(0, newest),
    bytes: sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
    unsized: sizes.filter((size) => size === undefined).length,
  };
}
