import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { environmentList } from "../../../../scripts/init/environment-list";

const add = (source: string, name = "staging") =>
  environmentList(source)?.with(`environments/${name}.ts`, name);

test("an environment is added to the shipped list", () => {
  const source = readFileSync("environments/all.ts", "utf8");
  const expected = source
    .replace(/(import \{ prod \}.*\n)/, '$1import { staging } from "./staging";\n')
    .replace(/( +)("environments\/prod.ts": prod,\n)/, '$1$2$1"environments/staging.ts": staging,\n');

  expect(add(source)).toBe(expected);
  expect(expected.length).toBe(source.length + 75);
});

test("imports stay sorted, with numbers as numbers", () => {
  const list = (...names: string[]) =>
    `${names.map((name) => `import { ${name} } from "./${name}";\n`).join("")}
export const definitions = {
${names.map((name) => `  "environments/${name}.ts": ${name},\n`).join("")}};
`;

  const imports = (text = "") => [...text.matchAll(/from "\.\/(.*)"/g)].map(([, name]) => name);
  expect(imports(add(list("a2", "a10"), "a9"))).toEqual(["a2", "a9", "a10"]);
  expect(imports(add(list("dev", "prod"), "alpha"))).toEqual(["alpha", "dev", "prod"]);
  expect(imports(add(list("dev", "prod"), "live"))).toEqual(["dev", "live", "prod"]);
});

test.each([
  [
    "comments",
    'import { a } from "./a"; // first\n\nexport const definitions = {\n  x: a, // live\n  // last\n};\n',
  ],
  ["types", 'import { a } from "./a";\nexport const definitions = { x: a } as const satisfies object;\n'],
  ["no entries", "export const definitions = {};\n"],
  ["no last comma", 'import { a } from "./a";\nexport const definitions = {\n  x: a // live\n};\n'],
  ["a spread", 'import * as a from "./a";\nexport const definitions = {\n  ...a,\n};\n'],
  ["Windows line breaks", 'import { a } from "./a";\r\nexport const definitions = {\r\n  x: a,\r\n};\r\n'],
])("a list with %s keeps everything", (_, source) => {
  const text = add(source) ?? "";
  const again = environmentList(text);

  expect(again?.names).toContain("staging");
  expect(text).toMatch(/"environments\/staging\.ts": staging\b/);
  expect(
    text.replace(/import \{ staging \} from "\.\/staging";\r?\n|(\r?\n)import \{ staging \}.*/, "$1"),
  ).not.toContain("import { staging }");
  // Without what was added, it is the text as it was, but for a comma and white space.
  const rest = text
    .replace('import { staging } from "./staging";', "")
    .replace('"environments/staging.ts": staging', "");
  const significant = (value: string) => value.replace(/[\s,]/g, "");
  expect(significant(rest)).toBe(significant(source));
  expect(text.includes("\r\n") && /[^\r]\n/.test(text)).toBe(false);
});

test("a comment stays with its entry", () => {
  expect(add('import { a } from "./a";\nexport const definitions = {\n  x: a, // live\n};\n')).toBe(
    'import { a } from "./a";\nimport { staging } from "./staging";\nexport const definitions = {\n  x: a, // live\n  "environments/staging.ts": staging,\n};\n',
  );
});

test("a list that is no object is not changed", () => {
  expect(environmentList("export const definitions = Object.fromEntries([]);")).toBeUndefined();
  expect(environmentList("export const others = {};")).toBeUndefined();
});
