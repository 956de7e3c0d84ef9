import type { ValueProblem } from "./issues";
import { depthAdvice, maxDepth } from "./json-text";

type Path = readonly PropertyKey[];

/**
 * Copy an object literal, reading every property once: what is checked is what is used. Circular references stay
 * circular. Objects of classes, such as dates, are not copied.
 *
 * It does not fail. What cannot be read is `undefined` in the copy and a problem: a property whose getter throws, an
 * object with another one as its prototype, as `{ __proto__: { … } }` makes it, a symbol, and too deep nesting. Missing
 * entries of a list, as in `[, 1]`, are `undefined`. Everything in the copy converts to a text: rules run before the types
 * are known.
 */
export function plainCopy(input: unknown): {
  readonly value: unknown;
  readonly problems: readonly ValueProblem[];
} {
  const problems: ValueProblem[] = [];
  const copies = new Map<object, unknown>();
  const refuse = (path: Path, advice: string): undefined => {
    problems.push({ path, found: undefined, advice });
  };
  const copyOf = (read: () => unknown, path: Path): unknown => {
    try {
      const value = read();
      if (typeof value === "symbol") return refuse(path, "no option is a symbol; write the value itself");
      if (typeof value !== "object" || value === null) return value;
      if (copies.has(value)) return copies.get(value);
      const kind = kindOf(value);
      if (kind === "of a class") {
        String(value);
        return value;
      }
      if (kind === "inheriting") return refuse(path, inheritingAdvice);
      if (path.length > maxDepth) return refuse(path.slice(0, 4), depthAdvice);
      const copy: object = Array.isArray(value) ? Array.from<undefined>({ length: value.length }) : {};
      copies.set(value, copy);
      if (Object.hasOwn(value, "toString"))
        Object.defineProperty(copy, Symbol.toPrimitive, { value: asText });
      for (const key of Object.keys(value)) {
        const at = Array.isArray(value) ? Number(key) : key;
        const property = copyOf(() => (value as Record<string, unknown>)[key], [...path, at]);
        // Not an assignment, which would set the prototype for "__proto__".
        Object.defineProperty(copy, key, {
          value: property,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return copy;
    } catch (error) {
      return refuse(path, `reading this failed (${String(error)}); write the value itself`);
    }
  };
  return { value: copyOf(() => input, []), problems };
}

/** The text of an object with a key `toString`, which would replace the function that JavaScript calls. */
const asText = (): string => "[object Object]";

const inheritingAdvice =
  "this object has a prototype with properties, which no option reads; write them in the object itself, not under __proto__";

/** What an object is, also when it comes from another realm, whose `Object.prototype` is another one. */
function kindOf(value: object): "plain" | "inheriting" | "of a class" {
  if (Array.isArray(value)) return "plain";
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return "plain";
  return Object.hasOwn(prototype as object, "constructor") ? "of a class" : "inheriting";
}
