import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { type YamlValue, yamlText } from "../../../../../scripts/ecr/manifests/yaml-text";
import { runs } from "../../../../support/property-runs";

const texts = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.constantFrom(
    "yes",
    "No",
    "null",
    "~",
    "",
    "- a",
    "a: b",
    "1.0",
    "0x1f",
    "1e3",
    "#x",
    "<<",
    "=",
    "a #b",
    "2026-11-29",
  ),
);
const values = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      texts.filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

test.each(["1.1", "1.2"] as const)("readers of YAML %s get the value back", (version) => {
  fc.assert(
    fc.property(values, (value) => {
      expect(parse(yamlText(value), { version, merge: false, maxAliasCount: 0 })).toEqual(value);
    }),
    { numRuns: runs(200) },
  );
});

test("a manifest is readable", () => {
  expect(
    yamlText({
      kind: "Deployment",
      spec: { replicas: 2, args: ["a", "it's"], empty: {}, none: [], ports: [{ port: 80, name: "web" }] },
    }),
  ).toMatchInlineSnapshot(`
    "kind: Deployment
    spec:
      replicas: 2
      args:
        - a
        - "it's"
      empty: {}
      none: []
      ports:
        - port: 80
          name: web
    "
  `);
});
