import fc from "fast-check";
import { expect, test } from "vitest";
import type { Image } from "../../../../../modules/ecr/lifecycle/lifecycle-outcome";
import { unreachableImageCount } from "../../../../../modules/ecr/lifecycle/lifecycle-presets";
import { LifecyclePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-rule";
import { rulesThatMayAffect } from "../../../../../modules/ecr/lifecycle/lifecycle-warnings";
import { daysAgo, images, now, policies } from "../../../../support/ecr/images";
import { naiveLifecycle } from "../../../../support/ecr/naive-lifecycle";
import { rule, tagged } from "../../../../support/ecr/policy-rules";

const priorities = (rules: object[], tag: string | undefined) =>
  rulesThatMayAffect(LifecyclePolicy.parse({ rules }), tag).map(({ rulePriority }) => rulePriority);

const shield = (priority: number, ...tagPatternList: string[]) =>
  rule(priority, { tagStatus: "tagged", tagPatternList, countNumber: unreachableImageCount });

test.each<[string, object[], string | undefined, number[]]>([
  ["the first rule that its tag matches", [tagged(1, ["v*"]), rule(2)], "v1", [1]],
  ["a rule for any image, where no other selects it", [tagged(1, ["pr-*"]), rule(2)], "v1", [2]],
  ["no rule behind a shield", [shield(1, "v*"), rule(2)], "v1", []],
  ["a rule before the shield", [tagged(1, ["v1*"]), shield(2, "v*"), rule(3)], "v1", [1]],
  ["a rule behind a shield for other tags", [shield(1, "live-*"), rule(2)], "v1", [2]],
  ["a rule behind a shield that wants another tag too", [shield(1, "v*", "live"), rule(2)], "v1", [2]],
  ["no rule for untagged images", [rule(1, { tagStatus: "untagged" })], "v1", []],
  ["a prefix", [rule(1, { tagStatus: "tagged", tagPrefixList: ["v"] })], "v1", [1]],
  ["the order of priorities, not of the list", [rule(9), tagged(1, ["v*"])], "v1", [1]],
  ["every rule for a digest", [shield(1, "v*"), tagged(2, ["pr-*"]), rule(3)], undefined, [2, 3]],
  ["no rule for a digest behind a shield of all", [rule(1, { countNumber: 100_000 })], undefined, []],
])("rules that may act on an image: %s", (_, rules, tag, expected) => {
  expect(priorities(rules, tag)).toEqual(expected);
});

test("a rule for archived images acts on no image that can be pulled", () => {
  const archived = {
    storageClass: "archive",
    countType: "sinceImageTransitioned",
    countUnit: "days",
    countNumber: 90,
  };

  expect(priorities([rule(1, { tagStatus: "any", ...archived })], "v1")).toEqual([]);
});

/** Some policies of the generator, with protection rules among their rules. */
const shielded = fc
  .tuple(policies, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }))
  .map(([{ rules }, shields]) =>
    LifecyclePolicy.parse({
      rules: rules.map((each, index) =>
        shields[index] && each.selection.countType === "imageCountMoreThan"
          ? { ...each, selection: { ...each.selection, countNumber: unreachableImageCount } }
          : each,
      ),
    }),
  );

const tags = fc.stringMatching(/^[ab]{1,3}$/);

/** An image in use, old enough for every rule of the generator. */
const running = (imageTags: string[]): Image => ({
  imageDigest: "sha256:running",
  imageTags,
  imagePushedAt: daysAgo(1000),
});

test("an image in use by tag is removed by the reported rule, or by none", () => {
  fc.assert(
    fc.property(shielded, images, tags, (policy, others, tag) => {
      const [named] = rulesThatMayAffect(policy, tag);

      const acted = naiveLifecycle(policy, [...others, running([tag])], now).get("sha256:running");

      if (acted !== undefined) expect(acted.priority).toBe(named?.rulePriority);
    }),
    { numRuns: 150 },
  );
});

test("a reported rule does act on the image when there are enough newer ones", () => {
  const crowd = (tag: string): Image[] =>
    Array.from({ length: 8 }, (_, index) => ({
      imageDigest: `sha256:${index}`,
      imageTags: [tag],
      imagePushedAt: daysAgo(0),
    }));
  fc.assert(
    fc.property(shielded, tags, (policy, tag) => {
      const [named] = rulesThatMayAffect(policy, tag);

      const acted = naiveLifecycle(policy, [...crowd(tag), running([tag])], now).get("sha256:running");

      expect(acted?.priority).toBe(named?.rulePriority);
    }),
    { numRuns: 150 },
  );
});

test("an image in use by digest is removed by one of the reported rules, whatever its tags", () => {
  fc.assert(
    fc.property(shielded, images, fc.array(tags, { maxLength: 3 }), (policy, others, unknown) => {
      const named = rulesThatMayAffect(policy, undefined).map(({ rulePriority }) => rulePriority);

      const acted = naiveLifecycle(policy, [...others, running(unknown)], now).get("sha256:running");

      if (acted !== undefined) expect(named).toContain(acted.priority);
    }),
    { numRuns: 150 },
  );
});
