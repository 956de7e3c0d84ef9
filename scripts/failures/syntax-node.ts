/** A node of Babel's syntax tree, with the properties that are read here. https://babeljs.io/docs/babel-parser#output */
export interface Node {
  readonly type: string;
  /** Offset in the text at which it begins. */
  readonly start?: number | null;
  /** Offset behind its last character. */
  readonly end?: number | null;
  readonly loc?: { readonly start: { readonly line: number }; readonly filename?: string };
  readonly name?: string;
  readonly value?: Node | string | number;
  readonly key?: Node;
  readonly computed?: boolean;
  readonly properties?: readonly Node[];
  readonly elements?: readonly (Node | null)[];
  readonly argument?: Node | null;
  readonly arguments?: readonly Node[];
  readonly callee?: Node;
  readonly object?: Node;
  readonly property?: Node;
  readonly expression?: Node | boolean;
  readonly declaration?: Node | null;
  readonly declarations?: readonly { readonly id: Node; readonly init?: Node | null }[];
  /** Of a function: an expression or a block. Of a block: its statements. */
  readonly body?: Node | readonly Node[];
  readonly params?: readonly Node[];
  /** Of a parameter with a default. */
  readonly left?: Node;
  readonly right?: Node;
  readonly id?: Node | null;
  /** Of imports and exports. */
  readonly source?: Node | null;
  readonly specifiers?: readonly Node[];
  readonly local?: Node;
  readonly imported?: Node;
  readonly exported?: Node;
}

/** A value without its types and parentheses, e.g. without `as const`. */
export function unwrapped(node: Node): Node {
  const { type, expression } = node;
  return /^TS|^Parenthesized/.test(type) && typeof expression === "object" ? unwrapped(expression) : node;
}

/** The name of a key, an identifier or a text; `undefined` for an expression. */
export const nameOf = ({ name, value }: Node): string | undefined =>
  name ?? (value === undefined || typeof value === "object" ? undefined : String(value));
