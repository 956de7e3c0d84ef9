import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderProblems } from "../../../../environments/schema/problem";
import { withLines } from "../../../../scripts/failures/option-line";

const shared = `import type { SharedOptions } from "./environment";
import base, { limits as kept } from "./base";
export { moved as renamed } from "./base";
export * from "./base";
export const company = {
  region: "eu-west-9",
  ecr: {
    encryptionType: "KMZ",
    repositories: { common: { ...base, maxImageCount: kept.images } },
  },
} satisfies SharedOptions;
export function service(port: number, { cpu = 3, ...rest } = {}) {
  const memory = 7;
  return { port, cpu, memory, ...rest };
}
export const repository = (maxImageCount: number, extra = {}) => ({
  scanOnPush: 1,
  maxImageCount,
  ...extra,
});
`;

const base = `export const limits = {
  images: 0,
};
export const moved = { tags: 4 };
export default {
  forceDelete: "yes",
};
export const starred = [
  "a",
];
`;

const prod = `import { defineEnvironment } from "./environment";
import * as all from "./shared";
import { company, renamed, repository, service, starred } from "./shared";
import { gone } from "./gone";
export const prod = defineEnvironment({
  ...company,
  ...gone,
  ...renamed,
  accountId: "1",
  list: starred,
  ecr: {
    ...all.company.ecr,
    repositories: {
      ...company["ecr"].repositories,
      own: { ...repository(5,
        { forceDelete: 2 }), maxImageCount: 4 },
      made: repository(
        0),
    },
  },
  ecs: { services: { web: service(
    0), api: service(1, { cpu:
    9 }) } },
});
`;

let folder = "";
const at = (file: string) => join(folder, file);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shared-options-"));
  for (const [file, text] of Object.entries({ shared, base, prod, dev: prod }))
    writeFileSync(at(`${file}.ts`), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

const repositories = ["ecr", "repositories"];

test.each([
  ["prod.ts", 9, ["accountId"]],
  ["shared.ts", 6, ["region"]],
  ["shared.ts", 8, ["ecr", "encryptionType"]],
  ["shared.ts", 9, [...repositories, "common", "maxImageCount", "deeper"]],
  ["base.ts", 6, [...repositories, "common", "forceDelete"]],
  ["shared.ts", 9, [...repositories, "common", "missing"]],
  ["base.ts", 4, ["tags"]],
  ["base.ts", 9, ["list", 0]],
  ["prod.ts", 16, [...repositories, "own", "maxImageCount"]],
  ["prod.ts", 16, [...repositories, "own", "forceDelete"]],
  ["shared.ts", 17, [...repositories, "own", "scanOnPush"]],
  ["shared.ts", 18, [...repositories, "made", "maxImageCount"]],
  ["prod.ts", 17, [...repositories, "made", "missing"]],
  ["shared.ts", 14, ["ecs", "services", "web", "memory"]],
  ["prod.ts", 5, ["tier"]],
])("in %s, line %i: the option at %j", (file, line, path) => {
  const [problem] = withLines([{ file: at("prod.ts"), path, found: 1, advice: "no; yes" }]);

  expect([problem?.file, problem?.line]).toEqual([at(file), line]);
});

test("an option that two environments take from one place is one problem, which names both", () => {
  const problem = { path: ["region"], found: "eu-west-9", advice: "no; yes" };
  const problems = ["prod.ts", "dev.ts"].map((file) => ({ ...problem, file: at(file) }));
  const text = renderProblems(withLines([...problems, ...problems])).replaceAll(`${folder}/`, "");

  expect(text).toBe('shared.ts:6 (in prod.ts, dev.ts): region: found "eu-west-9"; no; yes');
});

test("values that differ are problems of their own", () => {
  const problem = { path: ["region"], advice: "no; yes" };
  const problems = ["prod.ts", "dev.ts"].map((file) => ({ ...problem, file: at(file), found: file }));

  expect(withLines(problems)).toHaveLength(2);
});
