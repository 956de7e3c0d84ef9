import { call } from "./functions";
import type { Body, Node } from "./syntax";
import { templateText } from "./template-text";
import {
  type Dictionary,
  type Entry,
  type Place,
  plain,
  type Unknown,
  unknownsIn,
  type Value,
} from "./value";

/** What names stand for: `var.environment`, `local.tags`. `undefined` if nobody says. */
export type Scope = (name: string, place: Place) => Value | undefined;

/** The attributes of a body, with values as far as the files say them. Nothing is guessed. */
export function evaluateBody(body: Body, scope: Scope): Dictionary {
  return objectOf(body.root, { body, scope });
}

interface Context {
  readonly body: Body;
  readonly scope: Scope;
}

function evaluate(node: Node, context: Context): Value {
  const place = context.body.place(node);
  const children = node.children ?? [];
  const [first] = children;
  switch (node.type) {
    case undefined:
    case "":
    case "templateWrap":
      return first === undefined ? unknown(node, context, "it has no value") : evaluate(first, context);
    case "literalValue":
      return { kind: "scalar", place, value: literal(node) };
    case "template":
      return template(node, context);
    case "tuple":
      return { kind: "list", place, items: children.map((child) => evaluate(child, context)) };
    case "object":
      return objectOf(node, context);
    case "scopeTraversal":
      return reference(node, context);
    case "function":
      return functionCall(node, context);
    default:
      return operation(node, context);
  }
}

function literal({ meta }: Node): string | number | boolean | null {
  if (meta?.type === "number") return Number(meta.value);
  if (meta?.type === "bool") return meta.value === "true";
  return meta?.type === "string" ? (meta.value ?? "") : null;
}

function unknown(node: Node, { body }: Context, reason: string): Unknown {
  const source = (node.meta?.value ?? body.text(node)).replace(/\s+/g, " ");
  return { kind: "unknown", place: body.place(node), source, reason };
}

/** Texts with expressions in them. */
function template(node: Node, context: Context): Value {
  const parts = (node.children ?? []).map((child) =>
    child.type === "literalValue" ? undefined : evaluate(child, context),
  );
  const bad = parts.find((part) => part !== undefined && part.kind !== "scalar");
  if (bad !== undefined) return passedOn(node, context, bad, "it puts a list or object into a text");
  const texts = parts.map((part) => (part?.kind === "scalar" ? String(part.value) : undefined));
  return { kind: "scalar", place: context.body.place(node), value: templateText(node, texts) };
}

function objectOf(node: Node, context: Context): Dictionary {
  const children = node.children ?? [];
  const entries = new Map<string, Entry>();
  const unknownKeys: Unknown[] = [];
  for (let index = 0; index + 1 < children.length; index += 2) {
    const [key, value] = children.slice(index, index + 2) as [Node, Node];
    const name = keyOf(key, context);
    if (typeof name !== "string") {
      unknownKeys.push(name);
      continue;
    }
    const earlier = entries.get(name);
    const entry = { place: context.body.place(key), value: evaluate(value, context) };
    entries.set(name, entry);
    if (earlier !== undefined) unknownKeys.push(replaced(name, earlier, entry));
  }
  return { kind: "object", place: context.body.place(node), entries, unknownKeys };
}

/** Of several entries with one key, the last counts. */
const replaced = (name: string, earlier: Entry, { place }: Entry): Unknown => ({
  kind: "unknown",
  place: earlier.place,
  source: name,
  reason: `line ${place.line} has the same key, and the last one counts`,
  isReplaced: true,
});

/** A bare word is a key as it stands. */
function keyOf(key: Node, context: Context): string | Unknown {
  const [inner] = key.children ?? [];
  if (inner === undefined) return context.body.text(key).trim();
  const value = evaluate(inner, context);
  if (value.kind === "scalar" && value.value !== null) return String(value.value);
  return passedOn(inner, context, value, "it is no text");
}

function reference(node: Node, context: Context): Value {
  const [root = "", name = "", ...rest] = (node.meta?.traversal ?? []).map(({ segment }) => segment);
  const place = context.body.place(node);
  const names = [
    [root, name],
    [root, name, ...rest.slice(0, 1)],
    [root, name, ...rest.slice(0, 2)],
  ];
  for (const [index, path] of names.entries()) {
    const found = context.scope(path.join("."), place);
    if (found !== undefined) return inside(found, rest.slice(index), node, context);
  }
  return unknown(node, context, `${name === "" ? root : `${root}.${name}`} has no value in these files`);
}

/** Follow `.name`, `["name"]` and `[0]`. */
function inside(value: Value, path: readonly string[], node: Node, context: Context): Value {
  const [segment, ...rest] = path;
  if (segment === undefined) return value;
  const key = segment.replace(/^"(.*)"$/, "$1");
  const found = value.kind === "object" ? value.entries.get(key)?.value : undefined;
  const item = value.kind === "list" ? value.items[Number(key)] : undefined;
  const next = found ?? item;
  return next === undefined
    ? passedOn(node, context, value, `there is no ${key} in it`)
    : inside(next, rest, node, context);
}

function functionCall(node: Node, context: Context): Value {
  const name = node.meta?.name ?? "";
  const values = (node.children ?? []).map((child) => evaluate(child, context));
  if (node.meta?.expandedFinalArgument === true || node.meta?.expandedFinalArgument === "true")
    return unknown(node, context, "a list that is spread over arguments is not evaluated");
  const missing = values.flatMap(unknownsIn).find(({ isReplaced }) => !isReplaced);
  // What merge and concat do with the parts that are known is known.
  if (missing !== undefined && !["merge", "concat", "try", "coalesce"].includes(name))
    return unknown(node, context, missing.reason);
  return (
    call(name, values, context.body.place(node)) ??
    unknown(node, context, missing?.reason ?? `${name}() is not evaluated`)
  );
}

function operation(node: Node, context: Context): Value {
  // What they count over has a name of its own.
  if (node.type === "for" || node.type === "splat") return unknown(node, context, "a loop is not evaluated");
  const values = (node.children ?? []).map((child) => evaluate(child, context));
  const [first, second, third] = values;
  if (node.type === "conditional" && first?.kind === "scalar") {
    const chosen = first.value === true || first.value === "true" ? second : third;
    if (chosen !== undefined) return chosen;
  }
  if (node.type === "index" && first !== undefined && second?.kind === "scalar")
    return inside(first, [String(second.value)], node, context);
  const missing = values.flatMap(unknownsIn).find(({ isReplaced }) => !isReplaced);
  if (missing !== undefined) return unknown(node, context, missing.reason);
  const result = operators[`${node.type} ${node.meta?.operator}`]?.(values.map(plain));
  return result === undefined
    ? unknown(node, context, "such an expression is not evaluated")
    : { kind: "scalar", place: context.body.place(node), value: result };
}

const operators: Readonly<Record<string, (values: readonly unknown[]) => number | boolean>> = {
  "unaryOp negate": ([value]) => -Number(value),
  "unaryOp logicalNot": ([value]) => value !== true,
  "binaryOp equal": ([a, b]) => JSON.stringify(a) === JSON.stringify(b),
  "binaryOp notEqual": ([a, b]) => JSON.stringify(a) !== JSON.stringify(b),
  "binaryOp logicalAnd": ([a, b]) => a === true && b === true,
  "binaryOp logicalOr": ([a, b]) => a === true || b === true,
  "binaryOp add": ([a, b]) => Number(a) + Number(b),
  "binaryOp subtract": ([a, b]) => Number(a) - Number(b),
  "binaryOp multiply": ([a, b]) => Number(a) * Number(b),
  "binaryOp greaterThan": ([a, b]) => Number(a) > Number(b),
  "binaryOp lessThan": ([a, b]) => Number(a) < Number(b),
};

/** The reason of a part is the reason of the whole. */
function passedOn(node: Node, context: Context, value: Value, reason: string): Unknown {
  return unknown(node, context, value.kind === "unknown" ? value.reason : reason);
}
