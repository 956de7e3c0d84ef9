/** A node of Babel's syntax tree, with the properties that are read here. https://babeljs.io/docs/babel-parser#output */
export interface Node {
  readonly type: string;
  /** Offset in the text at which it begins. */
  readonly start?: number | null;
  /** Offset behind its last character. */
  readonly end?: number | null;
  readonly loc?: { readonly start: { readonly line: number } };
  readonly name?: string;
  readonly value?: Node | string | number;
  readonly key?: Node;
  readonly computed?: boolean;
  readonly properties?: readonly Node[];
  readonly elements?: readonly (Node | null)[];
  readonly argument?: Node;
  readonly arguments?: readonly Node[];
  readonly callee?: Node;
  readonly object?: Node;
  readonly property?: Node;
  readonly expression?: Node;
  readonly declaration?: Node | null;
  readonly declarations?: readonly { readonly id: Node; readonly init?: Node | null }[];
}

/** Where an option is written, and its value. */
export interface WrittenOption {
  /** The property or the element of a list. */
  readonly place: Node;
  /** The value, without types, and as the constant that it names. */
  readonly value: Node;
}

/** The definition of an environment in a file. */
export interface WrittenDefinition {
  /** The call of `defineEnvironment`. */
  readonly call: Node;
  /** The options along a path, outermost first, as far as they are written in this file. */
  along(path: readonly PropertyKey[]): WrittenOption[];
}

/**
 * Find options in the text of an environment file.
 *
 * The parser is loaded here, and so only for a file that is read as text. TypeScript 7 has no parser for JavaScript programs
 * that is stable: https://github.com/microsoft/typescript-go#api
 *
 * @param source the text of the file
 * @returns `undefined` without a call of `defineEnvironment`
 * @throws SyntaxError when the text is not TypeScript
 */
export function writtenDefinition(source: string): WrittenDefinition | undefined {
  const { parse } = require("@babel/parser") as typeof import("@babel/parser");
  const { program } = parse(source, { sourceType: "module", plugins: ["typescript"] });
  const constants = constantsIn(program.body as unknown as readonly Node[]);
  const call = [...constants.values()].map(unwrapped).find(isDefinition);
  if (call === undefined) return undefined;
  const along = (path: readonly PropertyKey[]): WrittenOption[] => {
    const found: WrittenOption[] = [];
    let inner = call.arguments?.[0];
    for (const key of path) {
      const one = entry(inner && literal(inner, constants), key, constants);
      if (one === undefined) return found;
      found.push({ place: one.place, value: literal(one.value, constants) });
      inner = one.value;
    }
    return found;
  };
  return { call, along };
}

/** What the constants at the top of a file are, by name. */
function constantsIn(statements: readonly Node[]): Map<string, Node> {
  const declarations = statements.flatMap(
    (statement) => (statement.declaration ?? statement).declarations ?? [],
  );
  return new Map(
    declarations.flatMap(({ id: { name }, init }) => (name !== undefined && init ? [[name, init]] : [])),
  );
}

const isDefinition = ({ type, callee }: Node): boolean =>
  type === "CallExpression" && callee?.name === "defineEnvironment";

/** What a value is written as: without types, as the constant that it names, and as the object of `JSON.stringify`. */
function literal(node: Node, constants: ReadonlyMap<string, Node>, depth = 0): Node {
  const bare = unwrapped(node);
  // A constant can name itself by mistake.
  if (depth > 20) return bare;
  const constant = bare.type === "Identifier" ? constants.get(bare.name ?? "") : undefined;
  const inner = constant ?? (isStringify(bare.callee) ? bare.arguments?.[0] : undefined);
  return inner === undefined ? bare : literal(inner, constants, depth + 1);
}

const isStringify = (callee: Node | undefined): boolean =>
  callee?.object?.name === "JSON" && callee.property?.name === "stringify";

/** A value without its types and parentheses, e.g. without `as const`. */
function unwrapped(node: Node): Node {
  return /^TS|^Parenthesized/.test(node.type) && node.expression ? unwrapped(node.expression) : node;
}

/** Where an entry of an object or list is written, and its value. */
interface Entry {
  readonly place: Node;
  readonly value: Node;
}

function entry(
  node: Node | undefined,
  key: PropertyKey,
  constants: ReadonlyMap<string, Node>,
): Entry | undefined {
  if (node?.properties !== undefined) return property(node.properties, String(key), constants);
  return node?.elements === undefined ? undefined : element(node.elements, Number(key));
}

/** The last property with this name counts, as in JavaScript. A spread constant has properties too. */
function property(
  properties: readonly Node[],
  name: string,
  constants: ReadonlyMap<string, Node>,
): Entry | undefined {
  for (const one of properties.toReversed()) {
    const spread = one.argument && literal(one.argument, constants).properties;
    const found = spread && property(spread, name, constants);
    if (found !== undefined) return found;
    if (!one.computed && one.key !== undefined && nameOf(one.key) === name)
      return { place: one, value: typeof one.value === "object" ? one.value : one };
  }
  return undefined;
}

const nameOf = ({ name, value }: Node): string | undefined =>
  name ?? (typeof value === "object" ? undefined : String(value));

/** Behind a spread list the places are unknown. */
function element(elements: readonly (Node | null)[], index: number): Entry | undefined {
  if (elements.slice(0, index + 1).some((one) => one?.type === "SpreadElement")) return undefined;
  const found = elements[index];
  return found ? { place: found, value: found } : undefined;
}
