import { expect, test } from "vitest";
import { constantName } from "../../../../scripts/init/constant-name";

test.each([
  ["staging", "staging"],
  ["staging-eu-1", "stagingEu1"],
  ...[
    "new",
    "default",
    "class",
    "package",
    "await",
    "eval",
    "arguments",
    "module",
    "exports",
    "undefined",
  ].map((word) => [word, `${word}Environment`]),
  ["global-this", "globalThisEnvironment"],
  ["define-environment", "defineEnvironmentEnvironment"],
  ["definitions", "definitionsEnvironment"],
])("%s becomes %s", (environment, constant) => {
  expect(constantName(environment, new Set())).toBe(constant);
});

test("a name that the list has is not used again", () => {
  expect(constantName("a-1", new Set(["a1"]))).toBe("a1Environment");
  expect(constantName("a-1", new Set(["a1", "a1Environment"]))).toBe("a1Environment2");
});
