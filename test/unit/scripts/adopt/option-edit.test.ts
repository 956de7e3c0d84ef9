import { expect, test } from "vitest";
import { editedText, type OptionEdit } from "../../../../scripts/adopt/option-edit";

const source = `import { defineEnvironment } from "./environment";

const shared = { scanOnPush: true };

export const dev = defineEnvironment({
  name: "dev",
  ecr: {
    encryptionType: "AES256", // cheap
    repositories: {
      // The shop.
      "web-app": { ...shared, maxImageCount: 5 }, // keep
      worker: shared,
    },
  },
  // The end.
});
`;

const edited = (...edits: OptionEdit[]) => editedText(source, edits);

test("options that exist are replaced, others are added, and comments stay", () => {
  const { text, unplaced } = edited(
    { path: ["ecr", "encryptionType"], value: "KMS" },
    { path: ["ecr", "repositories", "web-app"], value: { maxImageCount: 7, scanOnPush: false } },
    { path: ["ecr", "repositories", "worker"], value: { maxImageCount: 3 } },
    {
      path: ["ecr", "repositories", "new"],
      value: { allowedAccountIds: ["111122223333"], scanOnPush: true },
    },
    { path: ["ecr", "unmanagedRepositories", "team/x"], value: {} },
    { path: ["ecr", "unmanagedRepositories", "team/y"], value: {} },
    { path: ["productionExceptions"], value: [{ rule: "immutable-tags", reason: "so" }] },
  );

  expect(unplaced).toEqual([]);
  expect(text).toMatchInlineSnapshot(`
    "import { defineEnvironment } from "./environment";

    const shared = { scanOnPush: true };

    export const dev = defineEnvironment({
      name: "dev",
      ecr: {
        encryptionType: "KMS", // cheap
        repositories: {
          // The shop.
          "web-app": {
            maxImageCount: 7,
            scanOnPush: false,
          }, // keep
          worker: { maxImageCount: 3 },
          new: {
            allowedAccountIds: ["111122223333"],
            scanOnPush: true,
          },
        },
        unmanagedRepositories: {
          "team/x": {},
          "team/y": {},
        },
      },
      productionExceptions: [{ rule: "immutable-tags", reason: "so" }],
      // The end.
    });
    "
  `);
});

test("what a constant or a function makes is not found", () => {
  const edit = { path: ["ecr", "repositories", "worker", "scanOnPush"], value: false };

  expect(edited(edit)).toEqual({ text: source, unplaced: [edit] });
  expect(editedText("export const x = 1;", [edit]).unplaced).toEqual([edit]);
});

test("an empty object and a missing comma take one more", () => {
  const small = 'export const dev = defineEnvironment({\n  ecr: {},\n  name: "dev"\n});\n';

  expect(
    editedText(small, [
      { path: ["ecr", "repositories", "a"], value: {} },
      { path: ["tags"], value: { A: "b" } },
    ]).text,
  ).toBe(`export const dev = defineEnvironment({
  ecr: {
    repositories: {
      a: {},
    },
  },
  name: "dev",
  tags: { A: "b" },
});
`);
});
