import fc from "fast-check";
import type { Image } from "../../../modules/ecr/lifecycle/lifecycle-outcome";

export const now = new Date("2026-06-30T12:00:00Z");

const day = 24 * 60 * 60 * 1000;

export const daysAgo = (days: number): Date => new Date(now.getTime() - days * day);

/** An image that was pushed this many days ago, named by a letter. */
export const image = (imageDigest: string, imageTags: string[], days: number, others = {}): Image => ({
  imageDigest,
  imageTags,
  imagePushedAt: daysAgo(days),
  ...others,
});

const age = fc.integer({ min: 0, max: 12 }).map((halves) => daysAgo(halves / 2));

/** Few tags, statuses and times, so that rules, ties and boundaries meet. */
const draft = fc.record(
  {
    imageTags: fc.uniqueArray(fc.stringMatching(/^[ab]{1,3}$/), { maxLength: 3 }),
    imagePushedAt: age,
    imageStatus: fc.constantFrom("ACTIVE", "ACTIVE", "ACTIVE", "ARCHIVED", "ACTIVATING"),
    lastRecordedPullTime: age,
    lastArchivedAt: age,
    lastActivatedAt: age,
  },
  { requiredKeys: ["imageTags", "imagePushedAt"] },
);

/** Repositories of up to 12 images, without relations between them. */
export const images: fc.Arbitrary<Image[]> = fc
  .array(draft, { maxLength: 12 })
  .map((drafts) => drafts.map((each, index) => ({ ...each, imageDigest: `sha256:${index}` })));

/** The same, but some images are manifest lists or refer to another image. Relations point to later images only. */
export const relatedImages: fc.Arbitrary<Image[]> = fc
  .tuple(images, fc.infiniteStream(fc.nat(99)))
  .map(([all, numbers]) =>
    all.map((each, index) => {
      const later = all.slice(index + 1).filter(() => Number(numbers.next().value) < 30);
      const earlier = all[Number(numbers.next().value) % (index + 1)];
      const related = Number(numbers.next().value) < 20 && earlier !== undefined && earlier !== each;
      return {
        ...each,
        ...(later.length > 0 && { references: later.map(({ imageDigest }) => imageDigest) }),
        ...(related && { subject: earlier.imageDigest }),
      };
    }),
  );

const tags = fc.oneof(
  fc.constantFrom({ tagStatus: "any" }, { tagStatus: "untagged" }),
  fc.record({
    tagStatus: fc.constant("tagged"),
    tagPatternList: fc.uniqueArray(fc.stringMatching(/^[ab*]{1,3}$/), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    tagStatus: fc.constant("tagged"),
    tagPrefixList: fc.uniqueArray(fc.stringMatching(/^[ab]{1,2}$/), { minLength: 1, maxLength: 2 }),
  }),
);

const count = fc.oneof(
  fc.record({ countType: fc.constant("imageCountMoreThan"), countNumber: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    countType: fc.constantFrom("sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"),
    countUnit: fc.constant("days"),
    countNumber: fc.integer({ min: 1, max: 4 }),
  }),
);

/**
 * Policies of up to five rules. Wider than what ECR accepts (`any` at any place, few days in the archive), for the
 * semantics of a rule do not depend on that.
 */
export const policies = fc
  .array(fc.record({ tags, count, archives: fc.boolean() }), { minLength: 1, maxLength: 5 })
  .map((drafts) => ({
    rules: drafts.map(({ tags: selected, count: counted, archives }, index) => ({
      rulePriority: 10 * (index + 1),
      selection: {
        ...selected,
        ...counted,
        ...(counted.countType === "sinceImageTransitioned" && { storageClass: "archive" }),
      },
      action: archives ? { type: "transition", targetStorageClass: "archive" } : { type: "expire" },
    })),
  }));
