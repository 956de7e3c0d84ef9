import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { type YamlValue, yamlText } from "../../../../../scripts/ecr/manifests/yaml-text";
import { runs } from "../../../../support/property-runs";

/** Texts that some reader takes for something else. */
const mistakable = [
  ...[
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
    "e0",
    "E-5",
    "#x",
    "<<",
    "=",
    "a #b",
  ],
  "2026-11-29",
];
/** Any character. A `fc.string` of the unit "binary" takes a second to set up: it makes a table of all characters. */
const character = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));
const texts = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.array(character, { maxLength: 6 }).map((characters) => characters.join("")),
  fc.constantFrom(...mistakable),
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

test.each(["1.1", "1.2"] as const)("readers of YAML %s get each such text back", (version) => {
  const all = mistakable.map((text) => ({ text, [text]: text }));

  expect(parse(yamlText(all), { version, merge: false })).toEqual(all);
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
