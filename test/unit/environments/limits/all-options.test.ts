import { expect, test } from "vitest";
import { defineEnvironment } from "../../../../environments/environment";
import { optionLimits } from "../../../../environments/limits/all";
import { exceededLimits } from "../../../../environments/limits/exceeded-limits";
import { limitInWords } from "../../../../scripts/docs/limits-page";
import { leavesOf } from "../../../../scripts/docs/option-leaves";
import { annotatedSchema } from "../../../../scripts/docs/option-schema";

const leaves = leavesOf(annotatedSchema());
const leafAt = new Map(leaves.map((leaf) => [leaf.path, leaf]));

test("every option has a limit with its source, and every limit an option", () => {
  expect(leaves.map(({ path }) => path).filter((path) => !Object.hasOwn(optionLimits, path))).toEqual([]);
  expect(Object.keys(optionLimits).filter((path) => !leafAt.has(path))).toEqual([]);
});

test("an option without a limit is found", () => {
  const schema = { properties: { known: { type: "boolean" }, added: { items: { type: "string" } } } };

  expect(leavesOf(schema).map(({ path }) => path)).toEqual(["added", "added[]"]);
});

test("no option is left out by the walk", () => {
  const kinds = (schema: object): string[] =>
    Object.entries(schema).flatMap(([key, value]) => {
      if (typeof value !== "object" || value === null) return [];
      const { type, enum: words, const: word } = value as { type?: unknown; enum?: unknown; const?: unknown };
      const isText = [type].flat().includes("string") && words === undefined && word === undefined;
      return [...(isText && key !== "propertyNames" ? [key] : []), ...kinds(value)];
    });

  // Texts of sections with two forms, such as endpoints, have one limit for both.
  expect(leaves.filter(({ kind }) => kind === "text").length).toBeGreaterThan(80);
  expect(kinds(annotatedSchema()).length).toBeGreaterThanOrEqual(
    leaves.filter(({ kind }) => kind === "text").length,
  );
});

test("every limit says something, and where it is written", () => {
  const silent = leaves.filter((leaf) => {
    const limit = optionLimits[leaf.path];
    return (
      limit === undefined ||
      limitInWords(leaf, limit) === "" ||
      !/^(?:https:\/\/\S+|project)$/.test(limit.source)
    );
  });

  expect(silent).toEqual([]);
});

test("every number has a least and a greatest value", () => {
  const open = leaves.filter(
    ({ kind, schema: { minimum, maximum, enum: words } }) =>
      kind === "number" && words === undefined && (minimum === undefined || maximum === undefined),
  );

  expect(open.map(({ path }) => path)).toEqual([]);
});

/** An input with a value at a path of the limits, and the path there. */
function inputAt(option: string, value: unknown): { input: unknown; path: PropertyKey[] } {
  const isKey = option.endsWith("@");
  const steps = (isKey ? option.slice(0, -1) : option).split(/\.|(?=\[\])/);
  const path = steps.map((step, index) => {
    if (step === "[]") return 0;
    if (step !== "<name>") return step;
    return isKey && index === steps.length - 1 ? (value as string) : "x";
  });
  const input = path.reduceRight<unknown>(
    (inner, key) => (key === 0 ? [inner] : { [key]: inner }),
    isKey ? {} : value,
  );
  return { input, path };
}

const tooLong = Object.entries(optionLimits).flatMap(([option, { max }]) => {
  if (max === undefined) return [];
  const kind = leafAt.get(option)?.kind;
  const entries = (count: number) => Array.from({ length: count }, (_, index) => `e${index}`);
  const valueWith = (count: number): unknown =>
    kind === "list"
      ? entries(count)
      : kind === "map"
        ? Object.fromEntries(entries(count).map((name) => [name, {}]))
        : "x".repeat(count);
  return [{ option, max, valueWith }];
});

test.each(tooLong.filter(({ max }) => max <= 30_720))(
  "fails when $option is longer than $max",
  ({ option, max, valueWith }) => {
    const over = inputAt(option, valueWith(max + 1));
    const exact = inputAt(option, valueWith(max));
    const reported = (input: unknown, path: PropertyKey[]) =>
      exceededLimits(input).filter((problem) => problem.path.join("/") === path.join("/"));

    expect(reported(over.input, over.path)).toHaveLength(1);
    expect(reported(exact.input, exact.path)).toEqual([]);
  },
);

test.each(tooLong.filter(({ max }) => max <= 300))(
  "fails with one problem when $option of a file is longer than $max",
  ({ option, max, valueWith }) => {
    const { input, path } = inputAt(option, valueWith(max + 1));
    const definition = defineEnvironment(input as never);
    const problems = definition.ok ? [] : definition.problems;

    expect(problems.map((problem) => problem.path.join("/"))).toContain(path.join("/"));
  },
);

test("a text counts as many characters as people see", () => {
  const limit = optionLimits["security.secrets.<name>.description"]?.max ?? 0;

  expect(exceededLimits({ security: { secrets: { a: { description: "😀".repeat(limit) } } } })).toEqual([]);
});

test("circular and foreign values have no limit", () => {
  const circular: Record<string, unknown> = { name: 1 };
  circular["tags"] = circular;

  expect(exceededLimits(circular)).toEqual([]);
  expect(exceededLimits(undefined)).toEqual([]);
  expect(exceededLimits({ state: { bucket: { length: 100 } }, constructor: "x".repeat(500) })).toEqual([]);
});

test("every option whose value is an ARN must be of the environment's partition", () => {
  const arns = leaves
    .filter(({ schema }) => schema.pattern?.startsWith("^arn:") === true)
    .map(({ path }) => path);
  const checked = Object.keys(optionLimits).filter((path) => optionLimits[path]?.isArn === true);

  // The names of access entries have no pattern in the schema: a rule checks them.
  expect(checked.toSorted()).toEqual([...arns, "eks.accessEntries.<name>@"].toSorted());
});

test("a key that is written like a place in a list or map is no such place", () => {
  const accounts = { "[]": "1234567890123", "<name>": "x".repeat(500), "<name>@": "x".repeat(500) };

  expect(exceededLimits({ security: { kms: { administrators: accounts } } })).toEqual([]);
});
