import fc from "fast-check";
import { expect, test } from "vitest";
import { composePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-presets";
import type { LifecycleRule } from "../../../../../modules/ecr/lifecycle/lifecycle-rule";
import { simulateLifecycle } from "../../../../../modules/ecr/lifecycle/lifecycle-simulator";
import { protectedPatterns } from "../../../../../modules/ecr/lifecycle/protected-patterns";
import { matchesPattern } from "../../../../../modules/ecr/lifecycle/tag-pattern";

const rule = (rulePriority: number, tagPatternList: string[], countNumber: number): LifecycleRule => ({
  rulePriority,
  selection: { tagStatus: "tagged", tagPatternList, countType: "imageCountMoreThan", countNumber },
  action: { type: "expire" },
});

test("protectedTags are protected", () => {
  const { policy } = composePolicy({
    protectedTags: ["running-*", "v1"],
    lifecycleRules: [],
    maxImageCount: 1,
  });

  expect(protectedPatterns(policy)).toEqual(["running-*", "v1"]);
});

test("a pattern behind a rule that acts is not, and neither is one of several that an image must all match", () => {
  const never = 100_000;

  expect(protectedPatterns({ rules: [rule(2, ["b*"], never), rule(1, ["a*"], 3)] })).toEqual([]);
  expect(protectedPatterns({ rules: [rule(1, ["a*", "b*"], never), rule(2, ["c*"], 1)] })).toEqual([]);
});

test("where no rule acts, every tag is protected", () => {
  expect(protectedPatterns({ rules: [] })).toEqual(["*"]);
});

test("no rule acts on an image with a tag that matches a protected pattern", () => {
  const pattern = fc.constantFrom("a*", "b", "*c", "ab*");
  const tag = fc.constantFrom("a", "b", "c", "ab", "abc", "ac", "x");
  const rules = fc
    .array(fc.tuple(fc.uniqueArray(pattern, { minLength: 1, maxLength: 2 }), fc.constantFrom(1, 100_000)), {
      minLength: 1,
      maxLength: 4,
    })
    .map((all) => all.map(([patterns, count], index) => rule(index + 1, patterns, count)));
  fc.assert(
    fc.property(
      rules,
      fc.array(fc.uniqueArray(tag, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
      (all, tags) => {
        const images = tags.map((imageTags, index) => ({
          imageDigest: `sha256:${String(index).padStart(64, "0")}`,
          imageTags,
          imagePushedAt: new Date(Date.UTC(2026, 0, index + 1)),
        }));
        const patterns = protectedPatterns({ rules: all });

        for (const { image, action } of simulateLifecycle({ rules: all }, images, new Date(Date.UTC(2026, 5)))
          .outcomes)
          if (image.imageTags?.some((one) => patterns.some((wide) => matchesPattern(wide, one))))
            expect(action).toBe("KEEP");
      },
    ),
  );
});
