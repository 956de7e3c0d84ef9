import fc from "fast-check";
import { expect, test } from "vitest";
import type { LifecyclePolicy } from "../../../../modules/ecr/lifecycle/lifecycle-rule";
import { simulateLifecycle } from "../../../../modules/ecr/lifecycle/lifecycle-simulator";
import { weakerLifecycle } from "../../../../scripts/review/weaker-lifecycle";
import { images, now, policies } from "../../../support/ecr/images";
import { rule, tagged } from "../../../support/ecr/policy-rules";
import { runs } from "../../../support/property-runs";

const policy = (...rules: object[]) => JSON.stringify({ rules });
const keep = (priority: number, countNumber: number) => rule(priority, { countNumber });

const keptTagged = (priority: number, countNumber: number) =>
  rule(priority, { tagStatus: "tagged", tagPatternList: ["a*"], countNumber });

test.each<[string, string | undefined, string, string[]]>([
  [
    "fewer images",
    policy(keep(1, 50)),
    policy(keep(1, 1)),
    ["rule 1 (expire, any): imageCountMoreThan 50 -> 1; it will apply to images that it keeps now"],
  ],
  ["more images", policy(keep(1, 10)), policy(keep(1, 50)), []],
  ["the same under another priority", policy(keep(1, 10)), policy(keep(7, 10)), []],
  ["the first policy", undefined, policy(keep(1, 10)), ["new rule 1 (expire, any): imageCountMoreThan 10"]],
  [
    "a rule for tags more",
    policy(keep(9, 10)),
    policy(tagged(1, ["pr-*"]), keep(9, 10)),
    ["new rule 1 (expire, tagged pr-*): imageCountMoreThan 10"],
  ],
  [
    "a rule less that kept images",
    policy(tagged(1, ["v*"]), keep(9, 10)),
    policy(keep(9, 10)),
    ["rule 1 (expire, tagged v*) is removed; later rules now apply to the images that it kept"],
  ],
  [
    "fewer images than the rule that keeps most of them",
    policy(tagged(1, ["a*"]), keptTagged(2, 50)),
    policy(keptTagged(1, 20)),
    [
      "rule 1 (expire, tagged a*): imageCountMoreThan 50 -> 20; it will apply to images that it keeps now",
      "the order of the rules changes; another rule can apply to an image",
    ],
  ],
  [
    "a rule for another storage class",
    policy(rule(1, { storageClass: "archive" })),
    policy(rule(1, { storageClass: "standard" })),
    ["new rule 1 (expire, any): imageCountMoreThan 10"],
  ],
  ["its storage class written out", policy(rule(1)), policy(rule(1, { storageClass: "standard" })), []],
  ["the last rule less", policy(tagged(1, ["v*"]), keep(9, 10)), policy(tagged(1, ["v*"])), []],
  [
    "another order",
    policy(tagged(1, ["a*"]), tagged(2, ["b*"])),
    policy(tagged(1, ["b*"]), tagged(2, ["a*"])),
    ["the order of the rules changes; another rule can apply to an image"],
  ],
])("a policy with %s", (_, before, after, expected) => {
  expect(weakerLifecycle(before, after)).toEqual(expected);
});

/** Changes of a policy: rules dropped, moved, added and counted otherwise. */
const changed = fc
  .tuple(policies, policies, fc.infiniteStream(fc.nat(99)))
  .map(([before, others, numbers]) => {
    const chance = (percent: number) => Number(numbers.next().value) < percent;
    const kept = before.rules
      .filter(() => !chance(20))
      .map((each) => ({
        ...each,
        selection: { ...each.selection, countNumber: each.selection.countNumber + (chance(40) ? 1 : 0) },
      }));
    const rules = [...kept, ...(chance(20) ? others.rules : [])];
    const moved = chance(20) ? rules.toReversed() : rules;
    return [before, { rules: moved.map((each, index) => ({ ...each, rulePriority: index + 1 })) }] as const;
  });

test("if nothing is named, no image goes that stayed before", () => {
  let silent = 0;
  fc.assert(
    fc.property(changed, images, ([before, after], repository) => {
      if (weakerLifecycle(JSON.stringify(before), JSON.stringify(after)).length > 0) return;
      silent += 1;
      const gone = (rules: object) =>
        simulateLifecycle(rules as LifecyclePolicy, repository, now)
          .outcomes.filter(({ action }) => action !== "KEEP")
          .map(({ image }) => image.imageDigest);
      const earlier = gone(before);
      expect(gone(after).filter((digest) => !earlier.includes(digest))).toEqual([]);
    }),
    { numRuns: runs(3000) },
  );
  expect(silent).toBeGreaterThan(runs(3000) / 10);
});
