import type { Place } from "./value";

/** A node of the syntax tree of an HCL expression, with the properties that are read here. */
export interface Node {
  /** Missing for keys of objects and for parentheses. */
  readonly type?: string;
  readonly range: { readonly start: Marker; readonly end: Marker };
  readonly meta?: {
    readonly value?: string;
    readonly type?: string;
    readonly name?: string;
    readonly operator?: string;
    readonly expandedFinalArgument?: string | boolean;
    readonly traversal?: readonly { readonly segment: string }[];
  };
  readonly children?: readonly Node[] | null;
}

interface Marker {
  /** Counted from 0; the first line of the parsed text is the brace before the file. */
  readonly line: number;
  readonly byte: number;
}

/** A parsed body: attributes only, as a `.tfvars` file or the body of a `module` block has them. */
export interface Body {
  readonly file: string;
  /** The object that the attributes are. */
  readonly root: Node;
  /** The source of a node. */
  text(node: Node): string;
  place(node: Node): Place;
}

/** Why a file is no HCL, with the place. */
export class SyntaxProblem extends Error {
  constructor(
    readonly place: Place,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Parse attributes. They are the entries of an object in HCL, so the parser of expressions gives each its place, which
 * `parse` of the same library does not.
 *
 * @param firstLine line of the file on which the text begins, from 1
 * @throws SyntaxProblem when it is no HCL
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#collection-values
 */
export async function parseBody(file: string, text: string, firstLine = 1): Promise<Body> {
  // The parser is WebAssembly of 7 MB.
  const { getExpressionAst } = await import("@cdktf/hcl2json");
  const source = Buffer.from(`{\n${text}\n}`);
  const root = (await getExpressionAst("body", source.toString()).catch((error: Error) => {
    throw syntaxProblem(file, error.message, firstLine);
  })) as unknown as Node | null;
  if (root === null) throw new SyntaxProblem({ file, line: firstLine }, "this is empty");
  return {
    file,
    root,
    text: ({ range: { start, end } }) => source.subarray(start.byte, end.byte).toString(),
    place: ({ range: { start } }) => ({ file, line: Math.max(start.line, 1) + firstLine - 1 }),
  };
}

/** The parser prints `body:4,1-2: Invalid expression; …` behind the whole text, with lines counted as in {@link Marker}. */
function syntaxProblem(file: string, message: string, firstLine: number): SyntaxProblem {
  const [, line = "1", text = message] =
    /body:(\d+),[^ ]* (.*?)(?:, and \d+ other diagnostic\(s\))?\s*$/s.exec(message) ?? [];
  return new SyntaxProblem({ file, line: Math.max(Number(line) + firstLine - 1, firstLine) }, text);
}
