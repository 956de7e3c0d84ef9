import { expect, test } from "vitest";
import { annotatedSchema } from "../../../../scripts/docs/option-schema";
import { sectionsOf } from "../../../../scripts/docs/option-sections";
import { optionsPage } from "../../../../scripts/docs/options-page";

const schema = annotatedSchema();
const sections = sectionsOf(schema);
const page = optionsPage();
const options = sections.flatMap(({ forms }) => forms).flatMap((form) => form.options);

/** Every property at any depth. Knows less of JSON Schema than the page does, so that it cannot miss the same ones. */
function propertiesIn(schema: object): [string, { description?: string }][] {
  const { properties = {} } = schema as { properties?: Record<string, object> };
  const inner = Object.values(schema).filter((value) => typeof value === "object" && value !== null);
  return [...Object.entries(properties), ...inner.flatMap(propertiesIn)];
}

test("every option of the schema has a description", () => {
  const silent = propertiesIn(schema).filter(([, { description }]) => !description);

  expect(silent.map(([name]) => name)).toEqual([]);
});

test("the page leaves no option of the schema out", () => {
  const names = propertiesIn(schema).map(([name]) => name);

  expect(options.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
});

test("every option is required or says what its default is", () => {
  const silent = options.filter(
    ({ required, schema }) => !required && schema.default === undefined && schema.defaultNote === undefined,
  );

  expect(silent.map(({ path }) => path)).toEqual([]);
});

test("every description stands in the page", () => {
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
  const entry = page.split("\n").find((line) => line.startsWith(`- **\`${name}\`** (`));

  expect(entry).toContain(`; default \`${value}\``);
});
