import { expect, test } from "vitest";
import {
  exclusionFilterProblem,
  tagMayMove,
  tagMutabilities,
  takesExclusionFilters,
} from "../../../../../modules/ecr/repository/tag-mutability";

test("the modes are those of the API", () => {
  expect(tagMutabilities.toSorted()).toEqual([
    "IMMUTABLE",
    "IMMUTABLE_WITH_EXCLUSION",
    "MUTABLE",
    "MUTABLE_WITH_EXCLUSION",
  ]);
});

test("only the modes with exclusion support filters", () => {
  expect(tagMutabilities.filter(takesExclusionFilters)).toEqual([
    "MUTABLE_WITH_EXCLUSION",
    "IMMUTABLE_WITH_EXCLUSION",
  ]);
});

test.each(["latest", "dev-*", "*", "*-rc.*", "v1_2.3-A", "a".repeat(128)])(
  "%s is a valid filter",
  (filter) => {
    expect(exclusionFilterProblem(filter)).toBeUndefined();
  },
);

test.each(["", "dev/1", "dev 1", "dev+1", "dev?", "é", "a".repeat(129)])(
  "fails when a filter is %j",
  (filter) => {
    expect(exclusionFilterProblem(filter)).toBe(
      'a filter has 1 to 128 letters, digits, ".", "_", "-" or "*"; use a tag or a pattern such as "dev-*"',
    );
  },
);

test("fails when a filter has more than two wildcards", () => {
  expect(exclusionFilterProblem("*a*b*")).toMatchInlineSnapshot(
    `"a filter may contain at most two *; split it into several"`,
  );
});

test.each([
  ["MUTABLE", "v1", true],
  ["IMMUTABLE", "v1", false],
  ["MUTABLE_WITH_EXCLUSION", "v1", false],
  ["MUTABLE_WITH_EXCLUSION", "latest", true],
  ["IMMUTABLE_WITH_EXCLUSION", "v1", true],
  ["IMMUTABLE_WITH_EXCLUSION", "latest", false],
] as const)("with %s and the filter v*, the tag %s may move: %s", (mode, tag, moves) => {
  expect(tagMayMove(tag, mode, ["cache", "v*"])).toBe(moves);
});
