import { readFileSync } from "node:fs";
import { type Node, unwrapped } from "../failures/syntax-node";
import { CommandError } from "../runner/command";

/** The file that lists the environments. */
export const listFile = "environments/all.ts";

/** The object literal with the environments, and the imports, in the text of `environments/all.ts`. */
export interface EnvironmentList {
  /** Every name that is declared or imported at the top of the file. */
  readonly names: ReadonlySet<string>;
  /** The text with one more environment. Everything else stays as it is. */
  with(file: string, constant: string): string;
}

interface ListNode extends Node {
  /** Of an object: offset of its last comma. */
  readonly extra?: { readonly trailingComma?: number };
}

/** @throws CommandError when nobody can say where {@link listFile} lists its environments */
export function readEnvironmentList(): EnvironmentList {
  const list = environmentList(readFileSync(listFile, "utf8"));
  if (list === undefined)
    throw new CommandError(
      `${listFile} has no constant \`definitions\` that is an object; make it one, as in export const definitions = { "environments/dev.ts": dev }; nothing was written.`,
    );
  return list;
}

/**
 * Read the text of `environments/all.ts`.
 *
 * @returns `undefined` unless a constant `definitions` is an object literal
 * @throws SyntaxError when the text is not TypeScript
 */
export function environmentList(source: string): EnvironmentList | undefined {
  const { parse } = require("@babel/parser") as typeof import("@babel/parser");
  const { program } = parse(source, { sourceType: "module", plugins: ["typescript"] });
  const statements = program.body as unknown as readonly ListNode[];
  const declared = statements.flatMap((statement) => (statement.declaration ?? statement).declarations ?? []);
  const init = declared.find(({ id }) => id.name === "definitions")?.init;
  const object: ListNode | undefined = init ? unwrapped(init) : undefined;
  if (object?.type !== "ObjectExpression") return undefined;
  const imports = statements.filter(({ type }) => type === "ImportDeclaration");
  const names = [
    ...declared.map(({ id }) => id.name),
    ...imports.flatMap(({ specifiers = [] }) => specifiers.map(({ local }) => local?.name)),
  ].filter((name) => name !== undefined);
  return {
    names: new Set(names),
    with: (file, constant) =>
      inserted(source, [
        newImport(source, imports, file, constant),
        newEntry(source, object, file, constant),
      ]),
  };
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** @param insertions in the order of their places */
const inserted = (source: string, insertions: readonly Insertion[]): string =>
  insertions.reduceRight((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), source);

const lineBreak = (source: string): string => (source.includes("\r\n") ? "\r\n" : "\n");

/** Offset of the end of the line, without its line break. */
function lineEnd(source: string, from: number): number {
  const end = source.slice(from).search(/\r?\n/);
  return end < 0 ? source.length : from + end;
}

/** Behind the last import of a module that sorts before it, as Biome sorts. */
function newImport(source: string, imports: readonly ListNode[], file: string, constant: string): Insertion {
  const path = file.replace(/^environments\//, "./").replace(/\.ts$/, "");
  const line = `import { ${constant} } from "${path}";`;
  const before = imports.findLast((one) => sortsBefore(String(one.source?.value), path));
  if (before !== undefined)
    return { at: lineEnd(source, before.end ?? 0), text: `${lineBreak(source)}${line}` };
  return { at: imports[0]?.start ?? 0, text: `${line}${lineBreak(source)}` };
}

/** Packages come before files. Numbers in names are compared as numbers. */
function sortsBefore(module: string, path: string): boolean {
  if (!module.startsWith("./")) return true;
  return natural.compare(module, path) < 0;
}

const natural = new Intl.Collator("en", { numeric: true });

/** Behind the last entry, on a line of its own if that one is. */
function newEntry(source: string, object: ListNode, file: string, constant: string): Insertion {
  const entry = `${JSON.stringify(file)}: ${constant}`;
  const last = object.properties?.at(-1);
  const start = object.start ?? 0;
  if (last === undefined) return { at: start + 1, text: ` ${entry} ` };
  const comma = object.extra?.trailingComma;
  const end = comma === undefined ? (last.end ?? 0) : comma + 1;
  const lineStart = source.lastIndexOf("\n", last.start ?? 0) + 1;
  const indentation = source.slice(lineStart, last.start ?? 0);
  const separator = comma === undefined ? "," : "";
  if (/\S/.test(indentation)) return { at: end, text: `${separator} ${entry}` };
  // Without a comma, a comment on the same line stays behind the new entry.
  const isComment =
    comma !== undefined && /^[ \t]*(?:\/\/.*)?$/.test(source.slice(end, lineEnd(source, end)));
  return {
    at: isComment ? lineEnd(source, end) : end,
    text: `${separator}${lineBreak(source)}${indentation}${entry},`,
  };
}
