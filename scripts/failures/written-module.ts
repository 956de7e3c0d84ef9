import { join } from "node:path/posix";
import { type Node, nameOf } from "./syntax-node";

/** Something that another file exports. */
interface Foreign {
  /** Specifier of the file, e.g. `./shared`. */
  readonly from: string;
  /** Its name there; `*` for everything. */
  readonly name: string;
}

/** What a file declares at its top level. */
export interface WrittenModule {
  /** Path of the file; empty if it has none. */
  readonly file: string;
  /** Constants and functions by name; the default export is `default`. */
  readonly constants: ReadonlyMap<string, Node>;
  /** What comes from other files, by the name that it has here. */
  readonly imports: ReadonlyMap<string, Foreign>;
  /** What it exports under another name or from another file, by the exported name. */
  readonly exports: ReadonlyMap<string, string | Foreign>;
  /** Specifiers of the files whose exports it exports too. */
  readonly stars: readonly string[];
}

/**
 * What a source declares at its top level.
 *
 * The parser is loaded here, and so only for a file that is read as text. TypeScript 7 has no parser for JavaScript programs
 * that is stable: https://github.com/microsoft/typescript-go#api
 *
 * @throws SyntaxError when the text is not TypeScript
 */
export function writtenModule(source: string, file = ""): WrittenModule {
  const { parse } = require("@babel/parser") as typeof import("@babel/parser");
  const { program } = parse(source, {
    sourceType: "module",
    plugins: ["typescript"],
    ...(file !== "" && { sourceFilename: file }),
  });
  const statements = program.body as unknown as readonly Node[];
  return {
    file,
    constants: declarationsIn(statements),
    imports: new Map(statements.flatMap(importsOf)),
    exports: new Map(statements.flatMap(exportsOf)),
    stars: statements.flatMap(({ type, source: from, exported }) =>
      type === "ExportAllDeclaration" && !exported && from ? [nameOf(from) ?? ""] : [],
    ),
  };
}

/** The constants and functions of a file or of a function's body, by name. */
export function declarationsIn(statements: readonly Node[]): Map<string, Node> {
  return new Map(
    statements.flatMap((statement): [string, Node][] => {
      const declared = statement.declaration ?? statement;
      if (statement.type === "ExportDefaultDeclaration") return [["default", declared]];
      if (declared.type === "FunctionDeclaration") return [[declared.id?.name ?? "", declared]];
      return (declared.declarations ?? []).flatMap(({ id: { name }, init }): [string, Node][] =>
        name !== undefined && init ? [[name, init]] : [],
      );
    }),
  );
}

const foreignNames: Readonly<Record<string, string>> = {
  ImportDefaultSpecifier: "default",
  ImportNamespaceSpecifier: "*",
};

function importsOf({ type, source, specifiers = [] }: Node): [string, Foreign][] {
  if (type !== "ImportDeclaration" || !source) return [];
  return specifiers.map((one) => [
    one.local?.name ?? "",
    { from: nameOf(source) ?? "", name: foreignNames[one.type] ?? nameOf(one.imported ?? one) ?? "" },
  ]);
}

function exportsOf({ type, source, specifiers = [] }: Node): [string, string | Foreign][] {
  if (type !== "ExportNamedDeclaration") return [];
  return specifiers.map(({ local, exported }) => {
    const name = local?.name ?? "";
    return [(exported && nameOf(exported)) ?? name, source ? { from: nameOf(source) ?? "", name } : name];
  });
}

/** Reads other files of the project. */
export class ModuleReader {
  private readonly modules = new Map<string, WrittenModule | undefined>();

  /** @param read the text of a file; `undefined` if it does not exist */
  constructor(private readonly read: (file: string) => string | undefined) {}

  /** The file that another one names; `undefined` for a package, and for what is no TypeScript. */
  imported(by: WrittenModule, specifier: string): WrittenModule | undefined {
    if (!/^\.\.?\//.test(specifier)) return undefined;
    const path = join(by.file, "..", specifier.replace(/\.js$/, ""));
    return this.at(`${path}.ts`) ?? this.at(`${path}/index.ts`);
  }

  private at(file: string): WrittenModule | undefined {
    if (!this.modules.has(file)) this.modules.set(file, this.parsed(file));
    return this.modules.get(file);
  }

  private parsed(file: string): WrittenModule | undefined {
    const source = this.read(file);
    try {
      return source === undefined ? undefined : writtenModule(source, file);
    } catch {
      return undefined;
    }
  }
}
