import { posix } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dependenciesOf, type Sources } from "../../../support/cached-results/dependencies";
import { anyFile, type Observed, unknowable } from "../../../support/cached-results/observed";

/** A project with these texts, by path. */
const project = (texts: Readonly<Record<string, string>>): Sources => ({
  isFile: (path) => Object.hasOwn(texts, path),
  text: (path) => texts[path] ?? "",
  below: (folder) => {
    const inFolder = Object.keys(texts).filter((path) => path.startsWith(folder));
    return [...inFolder, ...inFolder.map((path) => posix.dirname(path))]
      .map((path) => posix.relative(folder, path))
      .filter((path) => path !== "");
  },
});

const nothing: Observed = { loads: {}, reads: {} };

function dependencies(texts: Readonly<Record<string, string>>, observed = nothing, file = "test/a.test.ts") {
  return dependenciesOf([file], observed, project(texts)).get(file);
}

const snapshots = "test/__snapshots__/a.test.ts.snap";

test("a result depends on the file, its snapshots and what it imports, and so on", () => {
  const found = dependencies({
    "test/a.test.ts": `import { b } from "../modules/b";\nimport data from "../data.json";\nimport "vitest";`,
    "modules/b.ts": `export * from "./c.js";\nconst later = () => import(\n  "./d"\n);`,
    "modules/c.ts": `import { b } from "./b";`,
    "modules/d.ts": `const e = require("./e.cjs");`,
    ...{ "modules/e.cjs": "", "modules/other.ts": "", "data.json": "{}" },
  });

  expect(found).toEqual([
    ...["data.json", "modules/b.ts", "modules/c.ts", "modules/d.ts", "modules/e.cjs"],
    ...[snapshots, "test/a.test.ts"],
  ]);
});

test("imports of types alone are no dependencies", () => {
  const found = dependencies({
    "test/a.test.ts": `import type { B } from "../b";\nexport type { C } from "../c";\nimport type D from "../d";`,
    ...{ "b.ts": "", "c.ts": "", "d.ts": "" },
  });

  expect(found).toEqual([snapshots, "test/a.test.ts"]);
});

test.each([
  'import type { A } from "./none"\nimport { b } from "./b";',
  'export type X = { a: 1 }\nimport { b } from "./b";',
  'import type * as A from "./none";\nimport { b } from "./b"',
])("what follows an import of types counts: %j", (text) => {
  expect(dependencies({ "test/a.test.ts": text, "test/b.ts": "" })).toEqual([
    ...[snapshots, "test/a.test.ts", "test/b.ts"],
  ]);
});

test("an import of values that also names a type is one", () => {
  const found = dependencies({ "test/a.test.ts": `import { b, type B } from "../b";`, "b.ts": "" });

  expect(found).toContain("b.ts");
});

test("an import with a computed path depends on every source below the folder that it names", () => {
  const found = dependencies({
    "test/a.test.ts": "await import(/* @vite-ignore */ `../scripts/${name}`);",
    ...{ "scripts/synth.ts": `import "../b";`, "scripts/deep/c.ts": "", "scripts/d.json": "", "b.ts": "" },
  });

  expect(found).toEqual([
    ...["b.ts", "scripts", "scripts/d.json", "scripts/deep", "scripts/deep/c.ts", "scripts/synth.ts"],
    ...[snapshots, "test/a.test.ts"],
  ]);
});

test.each([
  "import(path)",
  'import("./" + path)',
  "import(`${folder}/b`)",
  "import(`./b/${name}` + ending)",
  "import(`../${name}`)",
  "import (path)",
  "await import(\n  path,\n)",
  'import "./none"',
  'import text from "./b?raw"',
  'import.meta.glob("./*.ts")',
  'vi.importActual("./b")',
])("with %j, a test file always runs", (text) => {
  expect(dependencies({ "test/a.test.ts": text, "test/b.ts": "" })).toContain(unknowable);
});

test.each([
  'import(/* c */ "./b")',
  "import(\n  './b',\n  options)",
  'import type from "./b"',
  'import type, { b } from "./b"',
  'import {\n  b,\n} from "./b.js"',
  'export * as b from "./b"',
  'export { b } from /* c */ "./b"',
])("%j is an import", (text) => {
  expect(dependencies({ "test/a.test.ts": text, "test/b.ts": "" })).toEqual([
    ...[snapshots, "test/a.test.ts", "test/b.ts"],
  ]);
});

test("import() without an argument, in a comment or a text, is none", () => {
  expect(dependencies({ "test/a.test.ts": "// import() resolves paths" })).not.toContain(unknowable);
});

test("what was loaded without an import that names it is a dependency, with its imports", () => {
  const found = dependencies(
    { "test/a.test.ts": `import "../b";`, "b.ts": "", "c.ts": `import "./d";`, "d.ts": "" },
    { loads: { "b.ts": ["c.ts"], "other.ts": ["e.ts"] }, reads: {} },
  );

  expect(found).toEqual(["b.ts", "c.ts", "d.ts", snapshots, "test/a.test.ts"]);
});

test("what was read counts for those that import the reader, and is no import itself", () => {
  const reads = {
    "b.ts": ["docs/b.md", "docs/list"],
    "test/a.test.ts": ["c.ts"],
    "other.ts": ["docs/other.md"],
    [anyFile]: ["docs/any.md"],
  };
  const found = dependencies(
    { "test/a.test.ts": `import "../b";`, "b.ts": "", "c.ts": `import "./d";`, "d.ts": "" },
    { loads: {}, reads },
  );

  expect(found).toEqual([
    ...["b.ts", "c.ts", "docs/any.md", "docs/b.md", "docs/list", snapshots, "test/a.test.ts"],
  ]);
});

test("a file is a dependency exactly if a chain of imports leads to it, or to what read it", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const edge = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names));
  const edges = fc.uniqueArray(edge, { maxLength: 9, selector: (pair) => pair.join() });
  fc.assert(
    fc.property(edges, edges, edges, (imports, loads, reads) => {
      const lists = (pairs: readonly (readonly [string, string])[], named: (name: string) => string) =>
        Object.fromEntries(
          names.map((name) => [
            `${name}.ts`,
            pairs.flatMap(([from, to]) => (from === name ? [named(to)] : [])),
          ]),
        );
      const texts = Object.fromEntries(
        Object.entries(lists(imports, (to) => `import "./${to}";`)).map(([file, lines]) => [
          file,
          lines.join("\n"),
        ]),
      );
      const observed = { loads: lists(loads, (to) => `${to}.ts`), reads: lists(reads, (to) => `${to}.md`) };
      // Warshall: which file reaches which.
      const reaches = new Set([...imports, ...loads].map((pair) => pair.join()));
      for (const middle of names)
        for (const from of names)
          for (const to of names)
            if (reaches.has(`${from},${middle}`) && reaches.has(`${middle},${to}`))
              reaches.add(`${from},${to}`);
      const reached = names.filter((name) => name === "a" || reaches.has(`a,${name}`));
      const read = names.filter((name) => reads.some(([from, to]) => to === name && reached.includes(from)));

      expect(dependencies(texts, observed, "a.ts")).toEqual(
        [
          "__snapshots__/a.ts.snap",
          ...reached.map((name) => `${name}.ts`),
          ...read.map((name) => `${name}.md`),
        ].toSorted(),
      );
    }),
    { numRuns: 300 },
  );
});
