import { literalText, propertyText } from "../environment-files/literal-text";
import { type Node, type WrittenDefinition, writtenDefinition } from "../failures/written-option";
import { written } from "./written-policy";

/** An option of an environment file, and the value that it gets. */
export interface OptionEdit {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The text of an environment file with other options in it. */
export interface EditedText {
  readonly text: string;
  /** Options whose place in the file was not found, e.g. because a function makes them. */
  readonly unplaced: readonly OptionEdit[];
}

/**
 * Set options in the text of an environment file: those that are there get the new value, others are added behind their
 * neighbours. All else stays as it is, comments too.
 *
 * @throws SyntaxError when the text is not TypeScript
 */
export function editedText(source: string, edits: readonly OptionEdit[]): EditedText {
  const unplaced: OptionEdit[] = [];
  let text = source;
  for (const edit of edits) {
    const definition = writtenDefinition(text);
    const next = definition && withOption(text, definition, edit);
    if (next === undefined) unplaced.push(edit);
    else text = next;
  }
  return { text, unplaced };
}

function withOption(
  source: string,
  { call, along }: WrittenDefinition,
  { path, value }: OptionEdit,
): string | undefined {
  const found = along(path);
  const isHere = ({ start, end }: Node) =>
    start != null && end != null && start >= (call.start ?? 0) && end <= (call.end ?? 0);
  const last = found.at(-1);
  if (last !== undefined && !isHere(last.place)) return undefined;
  if (last !== undefined && found.length === path.length) {
    const { start, end } = typeof last.place.value === "object" ? last.place.value : last.place;
    if (start == null || end == null) return undefined;
    const lineStart = source.lastIndexOf("\n", last.place.start ?? 0) + 1;
    const indent = source.slice(lineStart).search(/\S/);
    const text = literalText(written(value, path.at(-1)), { indent, column: start - lineStart });
    return source.slice(0, start) + text + source.slice(end);
  }
  const object = last?.value ?? call.arguments?.[0];
  if (object?.type !== "ObjectExpression" || !isHere(object)) return undefined;
  const rest = path.slice(found.length);
  const nested = rest
    .slice(1)
    .reduceRight<unknown>((inner, key) => ({ [key]: inner }), written(value, path.at(-1)));
  return inserted(source, object, rest[0] ?? "", nested);
}

/** Behind the last property of an object. */
function inserted(
  source: string,
  object: Node & { readonly properties?: readonly Node[] },
  name: string,
  value: unknown,
): string {
  const last = object.properties?.at(-1);
  const start = object.start ?? 0;
  const lineIndent = (offset: number) => source.slice(source.lastIndexOf("\n", offset - 1) + 1).search(/\S/);
  if (last?.end == null) {
    const indent = lineIndent(start);
    return `${source.slice(0, start)}{\n${propertyText(name, value, indent + 2)}\n${" ".repeat(indent)}}${source.slice(object.end ?? start)}`;
  }
  const text = propertyText(name, value, lineIndent(last.start ?? 0));
  const comma = /^\s*,/.exec(source.slice(last.end))?.[0];
  const at = last.end + (comma?.length ?? 0);
  // A comment behind the last property stays on its line.
  const restOfLine = /^[ \t]*(?:\/\/[^\n]*)?(?=\r?\n)/.exec(source.slice(at))?.[0] ?? "";
  const separator = comma === undefined ? "," : "";
  const end = at + restOfLine.length;
  return `${source.slice(0, at)}${separator}${restOfLine}\n${text}${source.slice(end)}`;
}
