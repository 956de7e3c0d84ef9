/** What a YAML document can contain: what JSON can. */
export type YamlValue =
  | string
  | number
  | boolean
  | null
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue };

/**
 * A value as YAML, in block style. Texts that YAML could take for something else are in double quotes, with escapes for all
 * characters outside ASCII, so that readers of YAML 1.1 and 1.2 agree.
 *
 * @returns lines, the last with a line feed
 * @see https://yaml.org/spec/1.2.2/#73-flow-scalar-styles
 */
export function yamlText(value: YamlValue): string {
  return `${linesOf(value).join("\n")}\n`;
}

function linesOf(value: YamlValue): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? ["[]"] : value.flatMap((one: YamlValue) => indented("- ", linesOf(one)));
  if (typeof value !== "object" || value === null) return [scalar(value)];
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  if (entries.length === 0) return ["{}"];
  return entries.flatMap(([key, one]) => {
    const lines = linesOf(one);
    return isBlock(one)
      ? [`${scalar(key)}:`, ...indented("  ", lines)]
      : [`${scalar(key)}: ${lines.join("\n")}`];
  });
}

/** Whether a value takes lines of its own below its key. */
const isBlock = (value: YamlValue): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0;

/** Lines of which the first has a mark, and the others are below its text. */
const indented = (mark: string, lines: readonly string[]): string[] =>
  lines.map((line, index) => `${index === 0 ? mark : " ".repeat(mark.length)}${line}`);

/** Words that YAML 1.1 or 1.2 reads as a boolean or as null. */
const words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

/** Some readers of YAML 1.1 take it for a number, e.g. npm's `yaml`. */
const exponent = /^e-?\d+$/i;

function scalar(value: string | number | boolean | null): string {
  if (typeof value !== "string") return String(value);
  const isPlain =
    /^[A-Za-z](?:[\w./-]*\w)?$/.test(value) && !words.includes(value.toLowerCase()) && !exponent.test(value);
  return isPlain ? value : quoted(value);
}

function quoted(text: string): string {
  const escaped = [...text].map((character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    if (/^[ -~]$/.test(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
  return `"${escaped.join("")}"`;
}

const hex = (code: number, length: number): string => code.toString(16).padStart(length, "0");
