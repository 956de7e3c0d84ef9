import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLifecyclePolicy, policyText } from "../../../../../modules/ecr/lifecycle/lifecycle-policy";
import { LifecyclePolicy } from "../../../../../modules/ecr/lifecycle/lifecycle-rule";
import { simulateLifecycle } from "../../../../../modules/ecr/lifecycle/lifecycle-simulator";
import { replicaLifecycle } from "../../../../../modules/ecr/lifecycle/replica-lifecycle";
import { images, now, policies } from "../../../../support/ecr/images";
import { rule } from "../../../../support/ecr/policy-rules";
import { runs } from "../../../../support/property-runs";

const byPull = (priority: number, selection: object) => ({
  ...rule(priority, { countType: "sinceImagePulled", countUnit: "days", countNumber: 30, ...selection }),
  action: { type: "transition", targetStorageClass: "archive" },
});

test("a policy without rules by last pull is the same in the replica", () => {
  const policy = LifecyclePolicy.parse({ rules: [rule(1, { countNumber: 100 })] });

  expect(replicaLifecycle(policy)).toEqual(policy);
});

test("a rule by last pull acts on nothing, and protects the same images from later rules", () => {
  const policy = LifecyclePolicy.parse({
    rules: [byPull(1, { tagStatus: "tagged", tagPatternList: ["release-*"] }), rule(2, { countNumber: 100 })],
  });

  const text = policyText(replicaLifecycle(policy));

  expect(JSON.parse(text).rules[0]).toEqual({
    rulePriority: 1,
    description: "Only in the source: archive by last pull",
    selection: {
      tagStatus: "tagged",
      tagPatternList: ["release-*"],
      countType: "imageCountMoreThan",
      countNumber: 100_000,
    },
    action: { type: "expire" },
  });
  expect(parseLifecyclePolicy(text)).toEqual({ text });
});

test("everything that the source does to an image, except by last pull, also happens in the replica, and no more", () => {
  fc.assert(
    fc.property(policies, images, (draft, repository) => {
      const policy = LifecyclePolicy.parse(draft);
      const byPulls = policy.rules.filter(({ selection }) => selection.countType === "sinceImagePulled");
      const priorities = new Set(byPulls.map(({ rulePriority }) => rulePriority));
      const acted = (of: LifecyclePolicy) =>
        simulateLifecycle(of, repository, now)
          .outcomes.filter(({ appliedRulePriority }) => appliedRulePriority !== undefined)
          .map(({ image, action, appliedRulePriority = 0 }) => ({
            digest: image.imageDigest,
            action,
            appliedRulePriority,
          }));

      const expected = acted(policy).filter(
        ({ appliedRulePriority }) => !priorities.has(appliedRulePriority),
      );
      expect(acted(replicaLifecycle(policy))).toEqual(expected);
    }),
    { numRuns: runs(1000) },
  );
});
