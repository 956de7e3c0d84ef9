import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { expect, test } from "vitest";

const root = join(__dirname, "../..");

/** Tests of several sources together: at the top those of the whole project, others in the folder of their sources. */
const ofSeveral = [
  "docs/doctor-checks",
  "docs/links",
  "docs/messages",
  "docs/pages",
  "docs/property-tables",
  "docs/readme",
  "docs/recipes",
  "docs/shown-commands",
  "docs/snippets",
  "hostile-texts",
  "imports",
  "invariants",
  "longest-names",
  "mirror",
  "modules/ci/permissions",
  "modules/ci/policy-sizes",
  "modules/ecr/readme-examples",
  "modules/ecr/registry/registry-compilers",
  "partitions",
  "pipelines/gitlab",
  "pipelines/workflows",
  "policy-limits",
  "scripts/ecr/completion/completion",
  "scripts/ecr/cost/replicas-cost",
  "scripts/ecr/findings/suppression",
  "scripts/ecr/image/scan-gate",
  "scripts/review/plans",
  "scripts/review/report/moved-resources",
];

/** Every unit test, by its path in this folder without the ending. */
const tests = readdirSync(__dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) =>
    file
      .replace(/\.test\.ts$/, "")
      .split(sep)
      .join("/"),
  );

/** Sources and pages in a folder of the project, without their endings; those of a folder that is not there are none. */
const sourcesIn = (folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder)).map((file) => basename(file).replace(/\.(ts|cjs|md)$/, ""))
    : [];

test("every test is where its source is, and begins with its name", () => {
  const misplaced = tests
    .filter((path) => !ofSeveral.includes(path))
    .filter((path) => {
      const folder = path.startsWith("support/") ? `test/${dirname(path)}` : dirname(path);
      const name = basename(path);
      return !sourcesIn(folder).some((source) => name === source || name.startsWith(`${source}-`));
    });

  expect(misplaced).toEqual([]);
});

test("the tests of several sources are there", () => {
  expect(ofSeveral.filter((path) => !tests.includes(path))).toEqual([]);
});
