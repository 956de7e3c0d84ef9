import type { Image } from "../../../modules/ecr/lifecycle/lifecycle-outcome";
import type { LifecyclePolicy } from "../../../modules/ecr/lifecycle/lifecycle-rule";

/**
 * The sentences of AWS's page, one by one, regardless of speed. Written independently of the simulator.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
type Rule = LifecyclePolicy["rules"][number];

const dayInMs = 86_400_000;

const expressions = new Map<string, RegExp>();

function globToRegExp(glob: string): RegExp {
  const expression = expressions.get(glob) ?? new RegExp(`^${glob.replaceAll("*", "[^]*")}$`);
  expressions.set(glob, expression);
  return expression;
}

/** "A rule selects images by storage class, tag status and tags; every entry of a list must be matched by some tag." */
function meetsTags({ selection }: Rule, image: Image): boolean {
  const wantedStatus = selection.storageClass === "archive" ? "ARCHIVED" : "ACTIVE";
  if ((image.imageStatus ?? "ACTIVE") !== wantedStatus) return false;
  const tags = image.imageTags ?? [];
  switch (selection.tagStatus) {
    case "any":
      return true;
    case "untagged":
      return tags.length === 0;
    case "tagged": {
      const expressions = [
        ...(selection.tagPatternList ?? []).map(globToRegExp),
        ...(selection.tagPrefixList ?? []).map((prefix) => globToRegExp(`${prefix}*`)),
      ];
      return expressions.every((expression) => tags.filter((tag) => expression.test(tag)).length > 0);
    }
  }
}

/** "Sorted from youngest to oldest", a restored image by the time of its restoration; ties by digest. */
function isNewer(a: Image, b: Image): boolean {
  const [timeOfA, timeOfB] = [a, b].map((image) => Number(image.lastActivatedAt ?? image.imagePushedAt));
  if (timeOfA !== timeOfB) return Number(timeOfA) > Number(timeOfB);
  return a.imageDigest < b.imageDigest;
}

function breaksCount(rule: Rule, image: Image, all: readonly Image[], now: Date): boolean {
  const { countType, countNumber } = rule.selection;
  const olderThan = (date: Date | undefined) =>
    date !== undefined && Number(now) - Number(date) > countNumber * dayInMs;
  switch (countType) {
    case "imageCountMoreThan":
      return all.filter((other) => meetsTags(rule, other) && isNewer(other, image)).length >= countNumber;
    case "sinceImagePushed":
      return olderThan(image.imagePushedAt);
    case "sinceImageTransitioned":
      return olderThan(image.lastArchivedAt);
    case "sinceImagePulled": {
      const pulled = image.lastRecordedPullTime;
      const restored = image.lastActivatedAt;
      if (restored !== undefined && !(pulled !== undefined && Number(pulled) >= Number(restored)))
        return olderThan(restored);
      return olderThan(pulled ?? image.imagePushedAt);
    }
  }
}

/** What the rules do with each image: nothing, or the priority of the rule that acts and its action. */
export function naiveLifecycle(
  policy: LifecyclePolicy,
  images: readonly Image[],
  now: Date,
): Map<string, { priority: number; type: string }> {
  const acted = new Map<string, { priority: number; type: string }>();
  for (const image of images) {
    const first = [...policy.rules]
      .sort((a, b) => a.rulePriority - b.rulePriority)
      .find((rule) => meetsTags(rule, image));
    if (first !== undefined && breaksCount(first, image, images, now))
      acted.set(image.imageDigest, { priority: first.rulePriority, type: first.action.type });
  }
  return acted;
}

type Fate = "KEEP" | "EXPIRE" | "TRANSITION";

/**
 * The sentences about images that refer to each other, applied from an assumption until nothing changes any more.
 *
 * - "If an image is referenced by a manifest list, it cannot be expired or archived without the manifest list being deleted
 *   or archived first."
 * - "Amazon ECR lifecycle policies automatically expire or archive those artifacts within 24 hours of the deletion or
 *   archival of the subject image."
 *
 * @param images relations without circles
 */
export function naiveRelations(
  policy: LifecyclePolicy,
  images: readonly Image[],
  now: Date,
): Map<string, Fate> {
  const acted = naiveLifecycle(policy, images, now);
  const wishes = new Map<string, Fate>(
    images.map(({ imageDigest }) => {
      const type = acted.get(imageDigest)?.type;
      return [imageDigest, type === "expire" ? "EXPIRE" : type === "transition" ? "TRANSITION" : "KEEP"];
    }),
  );
  let fates = wishes;
  for (;;) {
    const next = new Map(images.map((image) => [image.imageDigest, fateGiven(image, images, wishes, fates)]));
    if ([...next].every(([digest, fate]) => fates.get(digest) === fate)) return next;
    fates = next;
  }
}

/** What happens to one image if this happens to all others. */
function fateGiven(
  image: Image,
  images: readonly Image[],
  wishes: ReadonlyMap<string, Fate>,
  fates: ReadonlyMap<string, Fate>,
): Fate {
  const isGone = (other: Image) => fates.get(other.imageDigest) === "EXPIRE";
  const isArchived = (other: Image) =>
    !isGone(other) && (other.imageStatus === "ARCHIVED" || fates.get(other.imageDigest) === "TRANSITION");
  const subject = images.find(({ imageDigest }) => imageDigest === image.subject);
  let fate = wishes.get(image.imageDigest) ?? "KEEP";
  if (subject !== undefined && isGone(subject)) fate = "EXPIRE";
  const canBeArchived = image.imageStatus === undefined || image.imageStatus === "ACTIVE";
  if (subject !== undefined && isArchived(subject) && fate === "KEEP" && canBeArchived) fate = "TRANSITION";
  const lists = images.filter(({ references = [] }) => references.includes(image.imageDigest));
  return lists.every((list) => isGone(list) || isArchived(list)) ? fate : "KEEP";
}
