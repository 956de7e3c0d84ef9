import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { guide } from "../../../support/environments/guide";
import { synth } from "../../../support/synth";

const page = readFileSync("docs/explanation/architecture.md", "utf8");

/** Steps of the walks: `3. \`<file>\`: \`<function>\`, …. What it adds`. */
const steps = [...page.matchAll(/^\d+\. `([^`]+)`:((?: `\w+`,?)*)/gm)].map(([, file = "", cell = ""]) => ({
  file,
  functions: [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name),
}));

/** The walks begin in the shipped prod.ts. A user may have changed or removed it, so its copy is read. */
const sourceOf = (file: string): string =>
  file === "environments/prod.ts" ? "test/support/environments/guide-prod.ts" : file;

test("both walks are found", () => {
  expect(steps.filter(({ file }) => file === "environments/prod.ts")).toHaveLength(2);
  expect(steps.length).toBeGreaterThan(20);
});

test("every file of a walk defines the functions that the step names", () => {
  const lost = steps.flatMap(({ file, functions }) => {
    const source = readFileSync(sourceOf(file), "utf8");
    return functions
      .filter((name) => !new RegExp(`\\b(?:function|class|const) ${name}\\b`).test(source))
      .map((name) => `${file}: ${name}`);
  });

  expect(lost).toEqual([]);
});

test("the Terraform JSON at the end of each walk is that of the production stack", () => {
  const [encryption = "", statement = ""] = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => json);
  const { resource } = synth(guide)["compute-prod"] ?? {};
  const repository = resource.aws_ecr_repository["web-app"];
  const policy = resource.aws_ecr_repository_policy["web-app"];

  expect(repository).toMatchObject(JSON.parse(`{${encryption}}`));
  expect(policy).toMatchObject({ policy: { Statement: [JSON.parse(statement)] } });
});

/** The floors inside environments/, the lowest first. Those beside each other are on one line. */
const floors = [
  ["schema"],
  ["options"],
  ["plan", "limits"],
  ["rules", "warnings"],
  ["environment.ts"],
  ["load.ts"],
];

const floorOf = (path: string): number =>
  floors.findIndex((names) => names.some((name) => path === name || path.startsWith(`${name}/`)));

test("inside environments, a file imports from its own folder and from lower floors only", () => {
  const files = readdirSync("environments", { recursive: true, encoding: "utf8" }).filter(
    (file) => floorOf(file) >= 0 && file.endsWith(".ts"),
  );
  const upward = files.flatMap((file) =>
    [...readFileSync(join("environments", file), "utf8").matchAll(/ from "(\.[^"]+)"/g)]
      .map(([, path = ""]) => `${join(dirname(file), path)}.ts`)
      .filter((imported) => floorOf(imported) >= floorOf(file))
      .filter((imported) => imported.split("/")[0] !== file.split("/")[0])
      .map((imported) => `${file} -> ${imported}`),
  );

  expect(files.length).toBeGreaterThan(50);
  expect(upward).toEqual([]);
});
