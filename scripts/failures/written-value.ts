import { type Node, nameOf, unwrapped } from "./syntax-node";
import { declarationsIn, type ModuleReader, type WrittenModule } from "./written-module";

/** A node, and what the names in it mean. */
export interface Placed {
  readonly node: Node;
  readonly module: WrittenModule;
  /** Parameters and constants of the function that it is in. */
  readonly locals: ReadonlyMap<string, Placed>;
}

/** Where an entry of an object or list is written, and its value. */
interface Entry {
  readonly place: Node;
  readonly value: Placed;
}

/** Constants can name each other by mistake. */
const maxDepth = 50;

/** Whether a node is a call of `defineEnvironment`. */
export const isDefinition = ({ type, callee }: Node): boolean =>
  type === "CallExpression" && callee?.name === "defineEnvironment";

/** Finds what expressions of environment files are written as: objects, lists and other literals. */
export class WrittenValues {
  constructor(private readonly reader: ModuleReader) {}

  /** A constant or function of a file. */
  declared(module: WrittenModule, node: Node): Placed {
    return { node, module, locals: new Map() };
  }

  /**
   * What a value is written as: without types, as the constant that it names, as the result of the function that it calls, and
   * as the object of `JSON.stringify`. What cannot be followed stays as it is.
   */
  literal(placed: Placed, depth = 0): Placed {
    const bare = { ...placed, node: unwrapped(placed.node) };
    const next = depth > maxDepth || isDefinition(bare.node) ? undefined : this.next(bare, depth + 1);
    return next === undefined ? bare : this.literal(next, depth + 1);
  }

  private next(placed: Placed, depth: number): Placed | undefined {
    const { node } = placed;
    if (node.type === "Identifier") return this.named(placed, node.name ?? "", depth);
    if (node.type === "MemberExpression") return this.member(placed, depth);
    return node.type === "CallExpression" ? this.result(placed, depth) : undefined;
  }

  private named({ module, locals }: Placed, name: string, depth: number): Placed | undefined {
    const local = locals.get(name);
    if (local !== undefined) return local;
    const constant = module.constants.get(name);
    if (constant !== undefined) return this.declared(module, constant);
    const foreign = module.imports.get(name);
    return foreign && this.exported(this.reader.imported(module, foreign.from), foreign.name, depth);
  }

  /** @param seen files that were looked at already: files can export everything of each other */
  private exported(
    module: WrittenModule | undefined,
    name: string,
    depth: number,
    seen = new Set<string>(),
  ): Placed | undefined {
    const key = `${module?.file} ${name}`;
    if (module === undefined || depth > maxDepth || seen.has(key)) return undefined;
    seen.add(key);
    const alias = module.exports.get(name) ?? name;
    if (typeof alias === "object")
      return this.exported(this.reader.imported(module, alias.from), alias.name, depth + 1, seen);
    const constant = module.constants.get(alias);
    if (constant !== undefined) return this.declared(module, constant);
    const foreign = module.imports.get(alias);
    const stars = foreign === undefined ? module.stars.map((from) => ({ from, name })) : [foreign];
    for (const { from, name: there } of stars) {
      const found = this.exported(this.reader.imported(module, from), there, depth + 1, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** `shared.repository`, also of a whole file: `import * as shared`. */
  private member(placed: Placed, depth: number): Placed | undefined {
    const { object, property, computed } = placed.node;
    const key = property && (computed ? property.value : property.name);
    if (object === undefined || key === undefined || typeof key === "object") return undefined;
    const whole = object.type === "Identifier" ? placed.module.imports.get(object.name ?? "") : undefined;
    if (whole?.name === "*")
      return this.exported(this.reader.imported(placed.module, whole.from), String(key), depth);
    return this.entry(this.literal({ ...placed, node: object }, depth), key, depth)?.value;
  }

  /** What a function returns, with the arguments of the call as its parameters. */
  private result(call: Placed, depth: number): Placed | undefined {
    const { callee, arguments: given = [] } = call.node;
    if (callee === undefined) return undefined;
    const [first] = given;
    if (callee.object?.name === "JSON" && callee.property?.name === "stringify")
      return first && { ...call, node: first };
    const target = this.literal({ ...call, node: callee }, depth);
    const { body, params = [] } = target.node;
    if (!/Function/.test(target.node.type) || body === undefined || Array.isArray(body)) return undefined;
    const locals = new Map(target.locals);
    const inner = { ...target, locals };
    params.forEach((param, index) => {
      const argument = given[index];
      this.bind(param, argument && { ...call, node: argument }, inner, locals, depth);
    });
    const block = (body as Node).body;
    if (!Array.isArray(block)) return { ...inner, node: body as Node };
    for (const [name, node] of declarationsIn(block)) locals.set(name, { ...inner, node });
    const returned = block.findLast(({ type }: Node) => type === "ReturnStatement")?.argument;
    return returned ? { ...inner, node: returned } : undefined;
  }

  private bind(
    param: Node,
    argument: Placed | undefined,
    inner: Placed,
    locals: Map<string, Placed>,
    depth: number,
  ): void {
    if (param.type === "AssignmentPattern" && param.left && param.right)
      this.bind(param.left, argument ?? { ...inner, node: param.right }, inner, locals, depth);
    if (argument === undefined) return;
    if (param.type === "Identifier") locals.set(param.name ?? "", argument);
    if (param.type !== "ObjectPattern") return;
    for (const { key, value } of param.properties ?? []) {
      const name = key && nameOf(key);
      if (name === undefined || typeof value !== "object") continue;
      const found = this.entry(this.literal(argument, depth), name, depth)?.value;
      this.bind(value, found, inner, locals, depth);
    }
  }

  /** An entry of an object or list. */
  entry(of: Placed, key: PropertyKey, depth = 0): Entry | undefined {
    if (of.node.properties !== undefined) return this.property(of, String(key), depth);
    return of.node.elements === undefined ? undefined : element(of, Number(key));
  }

  /** The last property with this name counts, as in JavaScript. A spread object has properties too. */
  private property(of: Placed, name: string, depth: number): Entry | undefined {
    if (depth > maxDepth) return undefined;
    for (const one of (of.node.properties ?? []).toReversed()) {
      const spread = one.argument ? this.literal({ ...of, node: one.argument }, depth + 1) : undefined;
      const found = spread?.node.properties && this.property(spread, name, depth + 1);
      if (found !== undefined) return found;
      if (!one.computed && one.key !== undefined && nameOf(one.key) === name)
        return { place: one, value: { ...of, node: typeof one.value === "object" ? one.value : one } };
    }
    return undefined;
  }
}

/** Behind a spread list the places are unknown. */
function element(of: Placed, index: number): Entry | undefined {
  const elements = of.node.elements ?? [];
  if (elements.slice(0, index + 1).some((one) => one?.type === "SpreadElement")) return undefined;
  const found = elements[index];
  return found ? { place: found, value: { ...of, node: found } } : undefined;
}
