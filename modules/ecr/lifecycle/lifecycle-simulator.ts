import { applyImageRelations } from "./image-relations";
import type { Image, Outcome } from "./lifecycle-outcome";
import type { LifecyclePolicy, LifecycleRule } from "./lifecycle-rule";
import { selectionText, storageClassOf } from "./lifecycle-rules";
import { patternMatcher } from "./tag-pattern";

export interface Simulation {
  /** One for each image, in the order of the images. */
  readonly outcomes: readonly Outcome[];
  readonly summary: {
    readonly expiringImageTotalCount: number;
    readonly transitioningImageTotalCounts: readonly {
      readonly targetStorageClass: "ARCHIVE";
      readonly imageTotalCount: number;
    }[];
  };
}

const day = 24 * 60 * 60 * 1000;

/**
 * What a lifecycle policy does to images when ECR next applies it, which is within 24 hours.
 *
 * Every rule evaluates the whole repository. An image is acted on at most once, and never by a rule after the first
 * whose tags it matches, even if that one keeps it; but every rule counts images that earlier ones have claimed.
 *
 * AWS documents no order for images pushed in the same millisecond; here the one with the lower digest counts as newer.
 *
 * @param policy a policy that ECR accepts
 * @param now time at which the rules are applied
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function simulateLifecycle(policy: LifecyclePolicy, images: readonly Image[], now: Date): Simulation {
  const newestFirst = fromTheNewest(images);
  const inClass = {
    standard: ofStatus("ACTIVE", images, newestFirst),
    archive: ofStatus("ARCHIVED", images, newestFirst),
  };
  const byRules: (Outcome | undefined)[] = new Array(images.length).fill(undefined);
  for (const rule of policy.rules.toSorted((a, b) => a.rulePriority - b.rulePriority))
    applyRule(rule, images, inClass[storageClassOf(rule)][rule.selection.tagStatus], now, byRules);
  const outcomes = applyImageRelations(
    images.map((image, index) => byRules[index] ?? { image, action: "KEEP", reason: unclaimed(image) }),
  );
  const total = (action: Outcome["action"]) =>
    outcomes.reduce((sum, outcome) => sum + Number(outcome.action === action), 0);
  const archived = total("TRANSITION");
  return {
    outcomes,
    summary: {
      expiringImageTotalCount: total("EXPIRE"),
      transitioningImageTotalCounts:
        archived === 0 ? [] : [{ targetStorageClass: "ARCHIVE", imageTotalCount: archived }],
    },
  };
}

/** Indexes of the images, newest first. An image that was restored from the archive counts as new from then on. */
function fromTheNewest(images: readonly Image[]): Uint32Array {
  const times = new Float64Array(images.length);
  const indexes = new Uint32Array(images.length);
  images.forEach(({ lastActivatedAt, imagePushedAt }, index) => {
    times[index] = (lastActivatedAt ?? imagePushedAt).getTime();
    indexes[index] = index;
  });
  const digest = (index: number) => images[index]?.imageDigest ?? "";
  return indexes.sort((a, b) => (times[b] ?? 0) - (times[a] ?? 0) || (digest(a) < digest(b) ? -1 : 1));
}

/** Indexes of the images in one storage class, in the same order, by tag status. */
function ofStatus(
  status: string,
  images: readonly Image[],
  newestFirst: Uint32Array,
): Record<LifecycleRule["selection"]["tagStatus"], number[]> {
  const groups = { any: [] as number[], tagged: [] as number[], untagged: [] as number[] };
  for (const index of newestFirst) {
    const image = images[index];
    if ((image?.imageStatus ?? "ACTIVE") !== status) continue;
    groups.any.push(index);
    const { length = 0 } = image?.imageTags ?? [];
    (length > 0 ? groups.tagged : groups.untagged).push(index);
  }
  return groups;
}

const unclaimed = ({ imageStatus }: Image): string =>
  imageStatus === "ACTIVATING" ? "It is being restored from the archive." : "No rule selects it.";

/** @param candidates indexes of the images that the rule selects if their tags match, newest first */
function applyRule(
  rule: LifecycleRule,
  images: readonly Image[],
  candidates: readonly number[],
  now: Date,
  claimed: (Outcome | undefined)[],
): void {
  const selects = selector(rule);
  const counts = rule.selection.countType === "imageCountMoreThan";
  const outcomeOf = counts ? byRank(rule) : byAge(rule, now);
  let rank = 0;
  for (const index of candidates) {
    // Images that an earlier rule has claimed matter only to a rule that counts images.
    if (!counts && claimed[index] !== undefined) continue;
    const image = images[index];
    if (image === undefined || !selects(image)) continue;
    rank++;
    if (claimed[index] === undefined) claimed[index] = outcomeOf(image, rank);
  }
}

/** What a rule does to an image that it selects. Most of the sentence is built once for all images. */
type Decision = (image: Image, rank: number) => Outcome;

const nameOf = (rule: LifecycleRule) => `rule ${rule.rulePriority} (${selectionText(rule)})`;

const actionOf = ({ action }: LifecycleRule) => (action.type === "expire" ? "EXPIRE" : "TRANSITION");

function byRank(rule: LifecycleRule): Decision {
  const { countNumber } = rule.selection;
  const { rulePriority: appliedRulePriority } = rule;
  const action = actionOf(rule);
  const goes = `By ${nameOf(rule)}: image `;
  const stays = `Kept by ${nameOf(rule)}: image `;
  const fact = ` counting from the newest, and the rule keeps ${countNumber}.`;
  return (image, rank) =>
    rank > countNumber
      ? { image, action, appliedRulePriority, reason: goes + rank + fact }
      : { image, action: "KEEP", reason: stays + rank + fact };
}

/** Acts once more than the given number of days have passed. Without a date, the rule does not act. */
function byAge(rule: LifecycleRule, now: Date): Decision {
  const { countType, countNumber } = rule.selection;
  const { rulePriority: appliedRulePriority } = rule;
  const action = actionOf(rule);
  const goes = `By ${nameOf(rule)}: `;
  const stays = `Kept by ${nameOf(rule)}: `;
  const limit = ` days ago, and the limit is ${countNumber}.`;
  return (image) => {
    const since = ageStart(countType, image);
    if (since === undefined) return { image, action: "KEEP", reason: `${stays}the archive date is unknown.` };
    const passed = (now.getTime() - since.at.getTime()) / day;
    const fact = `${since.event} ${Math.floor(passed)}${limit}`;
    return passed > countNumber
      ? { image, action, appliedRulePriority, reason: goes + fact }
      : { image, action: "KEEP", reason: stays + fact };
  };
}

/** When an image's age starts for a rule; `undefined` if nothing is recorded. */
function ageStart(
  countType: LifecycleRule["selection"]["countType"],
  { imagePushedAt, lastRecordedPullTime: pulledAt, lastArchivedAt, lastActivatedAt }: Image,
): { readonly at: Date; readonly event: string } | undefined {
  if (countType === "sinceImageTransitioned")
    return lastArchivedAt && { at: lastArchivedAt, event: "archived" };
  if (countType === "sinceImagePushed") return { at: imagePushedAt, event: "pushed" };
  if (lastActivatedAt !== undefined && (pulledAt === undefined || pulledAt < lastActivatedAt))
    return { at: lastActivatedAt, event: "not pulled since it was restored" };
  return pulledAt === undefined
    ? { at: imagePushedAt, event: "never pulled, pushed" }
    : { at: pulledAt, event: "last pulled" };
}

/** Whether a rule selects an image by its tags. Each entry of a list must match one of them. */
function selector(rule: LifecycleRule): (image: Image) => boolean {
  const { tagStatus, tagPatternList = [], tagPrefixList = [] } = rule.selection;
  if (tagStatus !== "tagged") return () => true;
  const tests = [
    ...tagPatternList.map(patternMatcher),
    ...tagPrefixList.map((prefix) => (tag: string) => tag.startsWith(prefix)),
  ];
  return ({ imageTags = [] }) => tests.every((matches) => imageTags.some(matches));
}
