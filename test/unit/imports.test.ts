import { readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { expect, test } from "vitest";
import { filesIn } from "../support/files-in";
import { importedPaths, withoutTypeImports } from "../support/imported-paths";

/** Every file of the project, as `folder/file`. */
const files = filesIn(".");

/** What each TypeScript file imports: a file of the project without its ending, or a package. Types count too. */
const imports = new Map(
  files
    .filter((file) => /\.m?ts$/.test(file))
    .map((file) => [file, importsOf(file, readFileSync(file, "utf8"))]),
);

function importsOf(file: string, source: string): string[] {
  return importedPaths(source).map((path) =>
    path.startsWith(".") ? join(dirname(file), path).split(sep).join("/") : path,
  );
}

/** Imports of the files in a folder, each as `file -> import`, that are forbidden. */
function forbidden(
  among: readonly string[],
  isForbidden: (imported: string, file: string) => boolean,
  along = imports,
): string[] {
  return among.flatMap((file) =>
    (along.get(file) ?? [])
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

/** The same without imports of types alone. */
const importsAtRunTime = new Map(
  [...imports.keys()].map((file) => {
    const source = readFileSync(file, "utf8");
    return [file, importsOf(file, withoutTypeImports(source))];
  }),
);

/** The files that some files import, and those that they import, and so on. */
function reachedFrom(start: readonly string[], along = imports): string[] {
  const reached = new Set(start);
  for (const file of reached)
    for (const imported of along.get(file) ?? [])
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

/**
 * The floors of the house, lowest first. A floor is a list of rooms: folders with everything below them, or files. A room
 * imports from its own files and from lower floors only. The first room that matches a file counts.
 */
const floors: readonly (readonly string[])[] = [
  ["modules/values", "modules/scheduler"],
  ["modules/terraform"],
  ["modules/iam"],
  ["modules/kms", "modules/secrets", "modules/signer", "modules/events", "modules/state", "modules/efs"],
  ["modules/ecr/lifecycle", "modules/ecr/monitoring", "modules/ecr/replication"],
  ["modules/lambda", "modules/ecr/registry", "modules/ecr/repository"],
  ["modules/ci", "modules/ecr/access", "modules/ecr/cache"],
  ["modules/ecr", "modules/ecs", "modules/network"],
  ["modules/eks", "library"],
  ["environments/schema", "environments/naming.ts"],
  ["environments/options", "environments/limits"],
  ["environments/plan"],
  ["environments/rules/across", "environments/rules", "environments/warnings"],
  ["environments/environment.ts"],
  ["environments/load.ts"],
  ["environments"],
  [
    ...["layers/state.ts", "layers/bounded-roles.ts", "layers/map-output.ts", "layers/cdktf-is-array.ts"],
    ...["layers/value-kind.ts", "layers/contract-version.ts"],
  ],
  ["layers/contract-check.ts", "layers/write-json.ts"],
  ["layers/contract.ts", "layers/single-pass-stack.ts"],
  ["layers/layer-stack.ts"],
  ["layers/bootstrap", "layers/security", "layers/repository.ts"],
  ["layers/network", "layers/registry", "layers/replicas"],
  ["layers/compute"],
  ["app.ts", "exit-guard.ts", "scripts/failures", "emulator"],
  ["scripts/environment-files", "scripts/states", "scripts/package"],
  ["main.ts", "scripts/docs", "scripts/review"],
  ["scripts/runner"],
  [
    "scripts/diagram",
    "scripts/ecr",
    "scripts/failover",
    "scripts/imports",
    "scripts/init",
    "scripts/secrets",
    "scripts/shards",
    "scripts/try",
    "scripts/upgrade",
  ],
  ["scripts/adopt", "scripts/registry"],
  ["scripts"],
];

/** Source files of the project, without tests, benchmarks and examples. */
const sources = [...imports.keys()].filter(
  (file) => /\.ts$/.test(file) && !among("test", "bench", "examples")(file) && !file.endsWith(".config.ts"),
);

/** The room of a file, most specific first: `modules/ecr/access` before `modules/ecr`. */
function roomOf(file: string): { room: string; floor: number } | undefined {
  const rooms = floors.flatMap((floor, index) => floor.map((room) => ({ room, floor: index })));
  return rooms.filter(({ room }) => among(room)(file)).toSorted((a, b) => b.room.length - a.room.length)[0];
}

/** Files of the project that a file imports. */
const importedFiles = (file: string): string[] =>
  (imports.get(file) ?? [])
    .map((imported) => `${imported.replace(/\.js$/, "")}.ts`)
    .filter((path) => imports.has(path));

test("every source file has its room", () => {
  expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
  const taken = sources.map((file) => roomOf(file)?.room);
  const empty = floors.flat().filter((room) => !taken.includes(room));
  expect(empty).toEqual([]);
});

test("each floor imports lower floors only", () => {
  const wrong = sources.flatMap((file) => {
    const from = roomOf(file);
    return importedFiles(file)
      .filter((imported) => {
        const to = roomOf(imported);
        return from && to && to.room !== from.room && to.floor >= from.floor;
      })
      .map((imported) => `${file} -> ${imported}`);
  });

  expect(wrong).toEqual([]);
});

test("no file imports itself through others, also not by types", () => {
  expect(circleIn(sources, importedFiles)).toBeUndefined();
});

test("a circle is found and printed whole", () => {
  const graph: Readonly<Record<string, string[]>> = { a: ["b"], b: ["c", "d"], c: [], d: ["e"], e: ["b"] };

  expect(circleIn(Object.keys(graph), (file) => graph[file] ?? [])).toBe("b -> d -> e -> b");
  expect(circleIn(["a", "c"], (file) => (file === "a" ? ["c"] : []))).toBeUndefined();
});

/** The first circle, as `a -> b -> a`. */
function circleIn(start: readonly string[], next: (file: string) => readonly string[]): string | undefined {
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): string | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].join(" -> ");
    if (finished.has(file)) return undefined;
    for (const imported of next(file)) {
      const circle = visit(imported, [...path, file]);
      if (circle !== undefined) return circle;
    }
    finished.add(file);
    return undefined;
  };
  return start.map((file) => visit(file, [])).find((circle) => circle !== undefined);
}

test("only the user's own files stand beside what they call", () => {
  const beside = sources.filter((file) => /^environments\/[^/]+\.ts$/.test(file));
  const callees = ["environments/environment.ts", "environments/load.ts", "environments/naming.ts"];
  const notData = beside.filter(
    (file) =>
      !callees.includes(file) && !/\b(?:defineEnvironment|definitions)\b/.test(readFileSync(file, "utf8")),
  );

  expect(notData).toEqual([]);
});

test("environments and what they import build no construct", () => {
  const domain = reachedFrom(sourcesIn("environments"));

  expect(domain).toContain("modules/ecr/lifecycle/lifecycle-policy.ts");
  expect(forbidden(domain, buildsConstructs)).toEqual([]);
});

test("the library imports no environment and no layer, and its compilers no construct", () => {
  const library = reachedFrom(sourcesIn("library"));
  const compilers = reachedFrom(["library/compilers.ts"]);

  expect(library).toContain("modules/ecr/ecr-module.ts");
  expect(library.filter((file) => !among("library", "modules")(file))).toEqual([]);
  expect(compilers).toContain("modules/ecr/registry/scanning-settings.ts");
  expect(forbidden(compilers, buildsConstructs)).toEqual([]);
});

test("commands that write no stacks load without CDKTF", () => {
  const commands = reachedFrom(["scripts/ecr.ts", "scripts/secrets.ts"], importsAtRunTime);

  expect(commands).toContain("environments/load.ts");
  expect(forbidden(commands, buildsConstructs, importsAtRunTime)).toEqual([]);
});

test("a layer imports no stack of another layer", () => {
  const stacks = sourcesIn("layers").filter((file) =>
    /\bextends LayerStack\b/.test(readFileSync(file, "utf8")),
  );

  expect(stacks).toContain("layers/security/security-layer.ts");
  expect(forbidden(sourcesIn("layers"), (imported) => stacks.includes(`${imported}.ts`))).toEqual([]);
});

test("a contract imports only the files that define contracts", () => {
  const contracts = sourcesIn("layers").filter((file) => file.endsWith(".contract.ts"));

  expect(contracts).toContain("layers/security/security.contract.ts");
  const defining = ["layers/contract", "layers/value-kind"];
  expect(forbidden(contracts, (imported) => !defining.includes(imported))).toEqual([]);
});

test("nothing imports all AWS resources at once, nor the inside of cdktf", () => {
  const wrong = forbidden(
    [...imports.keys()],
    (imported) => imported === "@cdktf/provider-aws" || imported.startsWith("cdktf/lib"),
  );

  expect(wrong).toEqual([]);
});

test("only tests and the settings of their runner import tests", () => {
  const sources = [...imports.keys()].filter(
    (file) => !file.startsWith("test/") && file !== "vitest.config.mts",
  );

  expect(forbidden(sources, among("test"))).toEqual([]);
});

test("no file is named after nothing in particular", () => {
  const vague = files.filter((file) => /(^|\/)(utils?|helpers?|common|index)\.[^/]*$/.test(file));

  expect(vague).toEqual([]);
});

test("compiled code imports only files that tsconfig.build.json includes", () => {
  const { include } = JSON.parse(readFileSync("tsconfig.build.json", "utf8")) as {
    include: string[];
  };
  const covers = among(...include, ...include.map((entry) => entry.replace(/\.ts$/, "")));
  const compiled = [...imports.keys()].filter((file) => covers(file));

  expect(
    forbidden(
      compiled,
      (imported) => imports.has(`${imported.replace(/\.js$/, "")}.ts`) && !covers(imported),
    ),
  ).toEqual([]);
});
