import { expect, test } from "vitest";
import { placeFinder, withLines } from "../../../../scripts/failures/option-line";

const source = `import { defineEnvironment } from "./environment";

const shared = { imageTagMutability: "MUTABLE" } as const;
const rules = [
  { selection: { tagStatus: "any" } },
];

export const dev = defineEnvironment({
  name: "dev",
  "accountId": "123",
  ecr: {
    repositories: {
      "web-app": {
        ...shared,
        scanOnPush: true,
        allowedAccountIds: [
          "1",
          "2",
        ],
        lifecycleRules: rules,
      },
      worker: {
        lifecyclePolicy: JSON.stringify({
          rules: [
            { rulePriority: 0 },
          ],
        }),
      },
      worker: { maxImageCount: 0 },
      [computed]: { maxImageCount: 0 },
      "api": (<const>{
        maxImageCount: 0 }),
      method() { return 1; },
    },
  },
} satisfies Options);
`;

const web = ["ecr", "repositories", "web-app"];

test.each([
  [["name"], 9],
  [["accountId"], 10],
  [[...web, "scanOnPush"], 15],
  [[...web, "allowedAccountIds", 1], 18],
  [[...web, "imageTagMutability"], 3],
  [[...web, "lifecycleRules", 0, "selection", "tagStatus"], 5],
  [["ecr", "repositories", "worker", "maxImageCount"], 29],
  [["ecr", "repositories", "api", "maxImageCount"], 32],
  [["ecr", "repositories", "method", "maxImageCount"], 33],
])("the option at %j is written in line %i", (path, line) => {
  expect(placeFinder(source)(path)?.line).toBe(line);
});

test("the options of a policy in JSON.stringify have lines too", () => {
  const json = source.replace("      worker: { maxImageCount: 0 },\n", "");
  const path = ["ecr", "repositories", "worker", "lifecyclePolicy", "rules", 0, "rulePriority"];

  expect(placeFinder(json)(path)?.line).toBe(25);
});

test.each([
  [["tier"], 8],
  [["ecr", "encryptionType"], 11],
  [[...web, "maxImageCount"], 13],
  [[...web, "scanOnPush", "x", "y"], 15],
  [[...web, "allowedAccountIds", 7], 16],
  [[], 8],
])("an option at %j that is not written there has the line of what is around it, %i", (path, line) => {
  expect(placeFinder(source)(path)?.line).toBe(line);
});

test("constants that name each other are no endless search", () => {
  const circle = "const a = b; const b = a; export const dev = defineEnvironment({ ecr: a });";

  expect(placeFinder(circle)(["ecr", "repositories"])?.line).toBe(1);
});

test("a list has no places behind a spread", () => {
  const spread = "export const dev = defineEnvironment({\n list: [\n ...others,\n 'b',\n ] });";

  expect(placeFinder(spread)(["list", 1])?.line).toBe(2);
});

test("without a call of defineEnvironment there is no line", () => {
  expect(placeFinder("export const dev = 1;")(["name"])).toBeUndefined();
});

test("a problem in a file that cannot be read has no line", () => {
  const problem = { file: "environments/nowhere.ts", path: ["name"], found: 1, advice: "no; yes" };

  expect(withLines([problem])).toEqual([{ ...problem, line: undefined }]);
});

test("the problems of the guide's file have the lines where its options are written", () => {
  const file = "test/support/environments/guide-prod.ts";
  const path = ["ecr", "repositories", "web-app", "scanFrequency"];

  const [problem] = withLines([{ file, path, found: 1, advice: "no; yes" }]);

  expect(problem?.line).toBeGreaterThan(10);
});
