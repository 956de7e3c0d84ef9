import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { minimal, only } from "../../../support/environments/minimal";
import { withRepository } from "../../../support/environments/one-repository";

test("fails when CloudWatch Logs has no such retention period", () => {
  const definitions = only({ ...minimal, ecr: { logRetentionDays: 45 } } as never);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.logRetentionDays: found 45; CloudWatch Logs accepts only certain retention periods; use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]`,
  );
});

test.each([0, -1, 1.5, 100_001])("fails when a repository should keep %d images", (maxImageCount) => {
  const definitions = withRepository({ maxImageCount });

  expect(() => loadEnvironments(definitions)).toThrow(
    `environments/test.ts: ecr.repositories.app.maxImageCount: found ${maxImageCount}; a repository keeps 1 to 100000 images; use a whole number`,
  );
});

test.each([1, 100_000])("a repository may keep %d images", (maxImageCount) => {
  const definitions = withRepository({ maxImageCount });

  expect(loadEnvironments(definitions)).toHaveLength(1);
});

test("fails when a repository has more exclusion filters than AWS takes", () => {
  const definitions = withRepository({
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: ["a", "b", "c", "d", "e", "f"],
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.imageTagMutabilityExclusionFilters: found ["a","b","c","d","e","f"]; ECR allows at most 5 filters in a repository; combine some with *]`,
  );
});
