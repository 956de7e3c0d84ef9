import { expect, test } from "vitest";
import { defaultTagNames } from "../../../../environments/naming";
import { taggedEnvironment } from "../../../../scripts/review/tagged-environment";

const lower = { project: "project", environment: "env", layer: "layer", managedBy: "managed-by" };
const tags = (given: Readonly<Record<string, string>>) =>
  Object.entries(given).map(([Key, Value]) => ({ Key, Value }));

test.each([
  ["its default names", { Project: "acme", Environment: "dev" }, defaultTagNames],
  ["the names of its file", { project: "acme", env: "dev", CostCenter: "1" }, lower],
  [
    "the names of its file, beside others",
    { project: "acme", env: "dev", Project: "x", Environment: "y" },
    lower,
  ],
  ["default names where the deployed environment has others", { Project: "acme", Environment: "dev" }, lower],
])("an environment is known by %s", (_, given, tagNames) => {
  expect(taggedEnvironment(tags(given), tagNames)).toEqual({ project: "acme", name: "dev" });
});

test("a resource without both tags belongs to no environment", () => {
  expect(taggedEnvironment(tags({ Project: "acme", env: "dev" }), lower)).toBeUndefined();
  expect(taggedEnvironment([], defaultTagNames)).toBeUndefined();
});
