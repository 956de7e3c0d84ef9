/**
 * What a source names in its imports, e.g. `zod` of `import … from "zod"`, of `import("zod")` and of `require("zod")`.
 * Imports of types count; so does code in a text.
 */
export const importedPaths = (source: string): string[] =>
  [
    ...source.matchAll(
      /(?:\bfrom|\bimport|\b(?:import|require)\s*\()\s*(?:\/\*.*?\*\/\s*)?["']([^"'\n]+)["']/g,
    ),
  ].map(([, path = ""]) => path);

/** A source without its imports of types alone, which are gone when the program runs. */
export const withoutTypeImports = (source: string): string =>
  source.replace(
    /^(?:import|export) type (?!from\b)(?:\*(?: as \w+)?|[\w$]+|\{[^{};"'()=]*\}) from ["'][^"'\n]*["'];?/gm,
    "",
  );
