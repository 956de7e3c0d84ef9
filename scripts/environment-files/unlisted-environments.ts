import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Definition, isDefinition } from "../../environments/environment";
import type { Problem } from "../../environments/schema/problem";

/** Exports by name. */
type Exports = Readonly<Record<string, unknown>>;

const list = "environments/all.ts";

/** Sources that are compiled to a program's module. Tests and types are none. */
const isProgram = (name: string): boolean => name.endsWith(".ts") && !/\.(?:test|spec|d)\.ts$/.test(name);

/**
 * Files below `environments/` that export an environment which is not among the definitions. The settings of a registry
 * are the sum of what all its environments request, so without one of them, a deploy would delete its settings.
 *
 * A file counts as listed if what it exports is listed, whatever it is called in the list.
 *
 * @param definitions what `environments/all.ts` lists
 * @param load loads a file and returns its exports. @default - loads the compiled file
 */
export function unlistedEnvironments(
  definitions: Readonly<Record<string, Definition>>,
  load: (file: string) => Exports = loadCompiled,
  folder = "environments",
): Problem[] {
  const listed = new Set<unknown>(Object.values(definitions));
  return filesIn(folder).flatMap((file): Problem[] => {
    try {
      return Object.entries(load(file))
        .filter(([, value]) => isDefinition(value) && !listed.has(value))
        .map(([name, value]) => unlisted(file, name, value as Definition));
    } catch (error) {
      return [unloadable(file, error)];
    }
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesIn(path);
      return isProgram(entry.name) ? [path] : [];
    });
}

/** Programs run in `build`, which has the folders of the sources. */
function loadCompiled(file: string): Exports {
  return require(join(resolve(__dirname, "../.."), file.replace(/\.ts$/, ".js")));
}

function unlisted(file: string, exportName: string, definition: Definition): Problem {
  const { name } = definition.ok ? definition.environment : definition;
  const exported = exportName === "default" ? "its default export" : exportName;
  return {
    file,
    path: ["name"],
    found: name,
    advice: `${list} does not list this environment, so its registry and the rules across files would be computed without it; add "${file}": ${exported} to ${list}, or move the file out of environments/`,
  };
}

function unloadable(file: string, error: unknown): Problem {
  return {
    file,
    path: [],
    found: error instanceof Error ? error.message : error,
    advice: `this file cannot be loaded, so it is not known whether ${list} lacks an environment; correct it, or move it out of environments/`,
  };
}
