/** Of biome.json. */
const lineWidth = 110;

/** Source that stands where a value does, e.g. a call. */
export class Code {
  constructor(
    /** What comes before the value, e.g. `JSON.stringify(`. */
    readonly before: string,
    readonly value: unknown,
    readonly after: string,
  ) {}
}

/** Where a value is written. */
interface Position {
  /** Spaces before the line. */
  readonly indent: number;
  /** Columns that the line has before the value. */
  readonly column: number;
}

/**
 * A value as Biome formats it in TypeScript, without the indentation of its first line. Objects are on several lines, unless
 * they are small.
 *
 * @param value what JSON can have, or {@link Code}
 */
export function literalText(value: unknown, position: Position): string {
  if (value instanceof Code) {
    const { before, after } = value;
    const inner = { ...position, column: position.column + before.length };
    return `${before}${literalText(value.value, inner)}${after}`;
  }
  if (Array.isArray(value)) return listText(value, position);
  if (typeof value === "object" && value !== null) return objectText(value, position);
  return scalarText(value);
}

/** One property, on lines of its own, with its comma. */
export function propertyText(name: string, value: unknown, indent: number): string {
  const start = `${" ".repeat(indent)}${keyText(name)}:`;
  const text = literalText(value, { indent, column: start.length + 1 });
  const line = `${start} ${text},`;
  // Biome puts a text that is too long on the next line.
  return typeof value === "string" && line.length > lineWidth
    ? `${start}\n${" ".repeat(indent + 2)}${text},`
    : line;
}

/** The property `state` of an environment file: on one line if it fits. */
export function stateText(state: object): string {
  const flat = flatText(state);
  const line = `  state: ${flat},`;
  return flat !== undefined && line.length <= lineWidth ? line : propertyText("state", state, 2);
}

function objectText(value: object, { indent, column }: Position): string {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return "{}";
  const flat = entries.length === 1 ? flatText(Object.fromEntries(entries)) : undefined;
  if (flat !== undefined && column + flat.length + 1 <= lineWidth) return flat;
  const lines = entries.map(([key, inner]) => propertyText(key, inner, indent + 2));
  return `{\n${lines.join("\n")}\n${" ".repeat(indent)}}`;
}

function listText(items: readonly unknown[], { indent, column }: Position): string {
  if (items.length === 0) return "[]";
  const flat = items.map(flatText);
  const line = `[${flat.join(", ")}]`;
  // Biome breaks a list of several objects with several properties each.
  const isTable = items.length > 1 && items.every((item) => sizeOf(item) > 1);
  if (!isTable && flat.every((text) => text !== undefined) && column + line.length + 1 <= lineWidth)
    return line;
  const inner = indent + 2;
  const pad = " ".repeat(inner);
  const lines = items.map((item, index) => {
    const short = flat[index];
    const fits = short !== undefined && inner + short.length + 1 <= lineWidth;
    return `${pad}${fits ? short : literalText(item, { indent: inner, column: inner })},`;
  });
  return `[\n${lines.join("\n")}\n${" ".repeat(indent)}]`;
}

const sizeOf = (item: unknown): number =>
  typeof item === "object" && item !== null ? Object.keys(item).length : 0;

/** A scalar, or an object of few scalars, on one line. */
function flatText(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null) return scalarText(item);
  const entries = Object.entries(item);
  if (Array.isArray(item) || entries.some(([, value]) => typeof value === "object" && value !== null))
    return undefined;
  if (entries.length === 0) return "{}";
  return `{ ${entries.map(([key, value]) => `${keyText(key)}: ${scalarText(value)}`).join(", ")} }`;
}

/** In the quotes that need fewer escapes. */
function scalarText(value: unknown): string {
  const text = JSON.stringify(value);
  if (typeof value !== "string" || count(value, '"') <= count(value, "'")) return text;
  return `'${text.slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

const count = (text: string, letter: string): number => text.split(letter).length - 1;

/** Biome quotes only the names that need it. Without brackets, `__proto__` would set the prototype. */
export const keyText = (name: string): string => {
  if (name === "__proto__") return '["__proto__"]';
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : scalarText(name);
};
