import type { Node } from "./syntax";

/**
 * The text of a template.
 *
 * @param values the text of each part that is an expression; `undefined` for a part that is text
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function templateText(node: Node, values: readonly (string | undefined)[]): string {
  const source = node.meta?.value ?? "";
  const isQuoted = source.startsWith('"');
  const heredoc = values.every((value) => value === undefined) ? indentedHeredoc(source) : undefined;
  if (heredoc !== undefined) return withoutMarkers(heredoc);
  return (node.children ?? [])
    .map((child, index) => {
      const value = values[index];
      if (value !== undefined) return value;
      const text = child.meta?.value ?? "";
      return isQuoted ? unescaped(text) : withoutMarkers(text);
    })
    .join("");
}

/** The lines of `<<-EOT`, without the indentation that all have. */
function indentedHeredoc(source: string): string | undefined {
  if (!source.startsWith("<<-")) return undefined;
  const lines = source.split("\n").slice(1, -1);
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  return lines.map((line) => `${line.slice(Number.isFinite(common) ? common : 0)}\n`).join("");
}

/** `$${` and `%%{` stand for `${` and `%{`. */
const withoutMarkers = (text: string): string => text.replace(/([$%])\1\{/g, "$1{");

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

const unescaped = (text: string): string =>
  text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|([$%])\4\{/g,
    (_, short?: string, long?: string, letter?: string, marker?: string) => {
      if (marker !== undefined) return `${marker}{`;
      if (letter !== undefined) return escapes[letter] ?? letter;
      return String.fromCodePoint(Number.parseInt(short ?? long ?? "0", 16));
    },
  );
