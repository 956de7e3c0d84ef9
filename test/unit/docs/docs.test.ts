import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generatedDocs } from "../../../scripts/docs/generated-docs";
import { guideNames } from "../../../scripts/docs/guide-names";
import { annotatedSchema } from "../../../scripts/docs/option-schema";
import { sectionsOf } from "../../../scripts/docs/option-sections";
import { optionsPage } from "../../../scripts/docs/options-page";

const sections = sectionsOf(annotatedSchema());
const options = sections.flatMap(({ forms }) => forms).flatMap((form) => form.options);

/** Every property at any depth. Knows less of JSON Schema than the page does, so that it cannot miss the same ones. */
function propertiesIn(schema: object): [string, { description?: string }][] {
  const { properties = {} } = schema as { properties?: Record<string, object> };
  const inner = Object.values(schema).filter((value) => typeof value === "object" && value !== null);
  return [...Object.entries(properties), ...inner.flatMap(propertiesIn)];
}

test.each(Object.entries(generatedDocs()))("%s is what the schema gives", (path, text) => {
  const written = existsSync(path) ? readFileSync(path, "utf8") : undefined;

  expect(written, `${path} is out of date; run npm run docs`).toBe(text);
});

test("every option of the schema has a description", () => {
  const silent = propertiesIn(annotatedSchema()).filter(([, { description }]) => !description);

  expect(silent.map(([name]) => name)).toEqual([]);
});

test("the page leaves no option of the schema out", () => {
  const names = propertiesIn(annotatedSchema()).map(([name]) => name);

  expect(options.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
});

test("every option is required or says what its default is", () => {
  const silent = options.filter(
    ({ required, schema }) => !required && schema.default === undefined && schema.defaultNote === undefined,
  );

  expect(silent.map(({ path }) => path)).toEqual([]);
});

test("every description stands in the page", () => {
  const page = optionsPage();
  const described = [...options.map(({ schema }) => schema), ...sections];

  expect(described.filter(({ description = "" }) => !page.includes(description))).toEqual([]);
});

test.each([
  ["imageTagMutability", '"MUTABLE"'],
  ["scanOnPush", "true"],
  ["enableEnhancedScanning", "false"],
  ["scanFrequency", '"SCAN_ON_PUSH"'],
  ["maxImageCount", "100"],
  ["lifecyclePolicy", "null"],
  ["enableCrossAccountAccess", "false"],
  ["allowedAccountIds", "[]"],
  ["enableLambdaPull", "false"],
  ["enableReplication", "false"],
  ["replicationDestinations", "[]"],
  ["encryptionType", '"AES256"'],
  ["enableScanFindingsLogging", "false"],
  ["logRetentionDays", "30"],
])("%s has the guide's default, %s", (name, value) => {
  const row = optionsPage()
    .split("\n")
    .find((line) => line.startsWith(`| \`${name}\` |`));

  expect(row?.split(/(?<!\\)\|/)[3]).toMatch(new RegExp(`^ \`${value.replace(/\W/g, "\\$&")}\``));
});

test("fails when a name of the guide leads to no option", () => {
  expect(() => guideNames(sections.filter(({ path }) => path !== "ecr"))).toThrowErrorMatchingInlineSnapshot(
    `[Error: no such option: ecr.repositories, ecr.encryptionType, ecr.enableScanFindingsLogging, ecr.logRetentionDays; correct the names of the guide]`,
  );
});

test("every address that the runbook imports is one of the bootstrap stack", () => {
  const runbook = readFileSync(join(__dirname, "../../../docs/operations.md"), "utf8");
  const snapshot = readFileSync(join(__dirname, "../../snapshots/bootstrap-dev.json"), "utf8");
  const resources: Record<string, object> = JSON.parse(snapshot).resource;
  const addresses = Object.entries(resources).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );

  const imported = [...runbook.matchAll(/import (aws_s3_\S+)/g)].map(([, address]) => address);

  expect(imported.toSorted()).toEqual(addresses.toSorted());
});
