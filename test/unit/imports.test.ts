import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { expect, test } from "vitest";

const root = join(__dirname, "../..");

/** Folders that hold no source of ours, besides those whose name begins with a dot. */
const foreign = ["node_modules", "build", "cdktf.out"];

/** Every file of the project, as `folder/file`. */
const files = filesIn(root).map((path) => relative(root, path).split(sep).join("/"));

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".") || foreign.includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

/** What each TypeScript file imports: a file of the project without its ending, or a package. Types count too. */
const imports = new Map(
  files
    .filter((file) => /\.m?ts$/.test(file))
    .map((file) => [file, importsOf(file, readFileSync(join(root, file), "utf8"))]),
);

function importsOf(file: string, source: string): string[] {
  const specifiers = source.matchAll(
    /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*["']([^"'\n]+)["']/g,
  );
  return [...specifiers].map(([, specifier = ""]) =>
    specifier.startsWith(".") ? join(dirname(file), specifier).split(sep).join("/") : specifier,
  );
}

/** Imports of the files in a folder, each as `file -> import`, that are forbidden. */
function forbidden(
  among: readonly string[],
  isForbidden: (imported: string, file: string) => boolean,
): string[] {
  return among.flatMap((file) =>
    (imports.get(file) ?? [])
      .filter((imported) => isForbidden(imported, file))
      .map((imported) => `${file} -> ${imported}`),
  );
}

const sourcesIn = (folder: string) => [...imports.keys()].filter((file) => file.startsWith(`${folder}/`));

/** A folder or a file at the root. */
const among =
  (...places: string[]) =>
  (imported: string) =>
    places.some((place) => imported === place || imported.startsWith(`${place}/`));

/** The files that some files import, and those that they import, and so on. */
function reachedFrom(start: readonly string[]): string[] {
  const reached = new Set(start);
  for (const file of reached)
    for (const imported of imports.get(file) ?? [])
      if (imports.has(`${imported}.ts`)) reached.add(`${imported}.ts`);
  return [...reached];
}

const buildsConstructs = (imported: string) =>
  imported !== "@cdktf/provider-aws/package.json" &&
  among("cdktf", "constructs", "@cdktf/provider-aws")(imported);

test("the sources are found", () => {
  expect([...imports.keys()]).toEqual(
    expect.arrayContaining([
      "main.ts",
      "environments/all.ts",
      "layers/compute/compute-layer.ts",
      "modules/ecr/ecr-module.ts",
    ]),
  );
});

test("imports of every form are seen", () => {
  const source = `import "a"; import b from 'b'; import type { C } from "./c"; export * from "../d"; await import("e"); require("f");`;

  expect(importsOf("layers/x.ts", source)).toEqual(["a", "b", "layers/c", "d", "e", "f"]);
});

test("modules import neither layers nor environments nor what starts the app", () => {
  const wrong = forbidden(sourcesIn("modules"), among("layers", "environments", "main", "app", "scripts"));

  expect(wrong).toEqual([]);
});

test("environments import neither layers nor what starts the app", () => {
  const wrong = forbidden(sourcesIn("environments"), among("layers", "main", "app", "scripts"));

  expect(wrong).toEqual([]);
});

test("layers do not import what starts the app", () => {
  const wrong = forbidden(sourcesIn("layers"), among("main", "app", "scripts"));

  expect(wrong).toEqual([]);
});

test("environments and what they import build no construct", () => {
  const domain = reachedFrom(sourcesIn("environments"));

  expect(domain).toContain("modules/ecr/lifecycle/lifecycle-policy.ts");
  expect(forbidden(domain, buildsConstructs)).toEqual([]);
});

test("a layer imports no stack of another layer", () => {
  const stacks = sourcesIn("layers").filter((file) =>
    /\bextends LayerStack\b/.test(readFileSync(join(root, file), "utf8")),
  );

  expect(stacks).toContain("layers/security/security-layer.ts");
  expect(forbidden(sourcesIn("layers"), (imported) => stacks.includes(`${imported}.ts`))).toEqual([]);
});

test("a contract imports only the file that defines contracts", () => {
  const contracts = sourcesIn("layers").filter((file) => file.endsWith(".contract.ts"));

  expect(contracts).toContain("layers/security/security.contract.ts");
  expect(forbidden(contracts, (imported) => imported !== "layers/contract")).toEqual([]);
});

test("nothing imports all AWS resources at once, nor the inside of cdktf", () => {
  const wrong = forbidden(
    [...imports.keys()],
    (imported) => imported === "@cdktf/provider-aws" || imported.startsWith("cdktf/lib"),
  );

  expect(wrong).toEqual([]);
});

test("only tests import tests", () => {
  const sources = [...imports.keys()].filter((file) => !file.startsWith("test/"));

  expect(forbidden(sources, among("test"))).toEqual([]);
});

test("no file is named after nothing in particular", () => {
  const vague = files.filter((file) => /(^|\/)(utils?|helpers?|common|index)\.[^/]*$/.test(file));

  expect(vague).toEqual([]);
});
