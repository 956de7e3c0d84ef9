import { SyntaxProblem } from "./syntax";

/** A block at the top of a `.tf` file, e.g. `module "ecr" { … }`. */
export interface Block {
  /** E.g. `module`. */
  readonly type: string;
  readonly labels: readonly string[];
  /** What is between the braces, without blocks in it; their lines are empty. */
  readonly body: string;
  /** Line of the file on which the body begins, from 1. */
  readonly line: number;
}

/**
 * The blocks at the top of a `.tf` file. The library reads expressions with their places, and no blocks; the attributes of a
 * block are an expression.
 *
 * @param file name of the file, for places
 * @throws SyntaxProblem when a block has no closing brace
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#structural-elements
 */
export function blocksIn(file: string, text: string): Block[] {
  return spansIn(text).map(({ type, labels, start, end }) => {
    const line = text.slice(0, start).split("\n").length;
    if (end === undefined)
      throw new SyntaxProblem({ file, line }, `${[type, ...labels].join(" ")} has no closing brace; add it`);
    return { type, labels, body: withoutBlocks(text.slice(start, end)), line };
  });
}

interface Span {
  readonly type: string;
  readonly labels: readonly string[];
  /** Offset of the block's name. */
  readonly from: number;
  /** Offset behind its opening brace. */
  readonly start: number;
  /** Offset of its closing brace; `undefined` if it has none. */
  readonly end: number | undefined;
}

const header = /([A-Za-z_][\w-]*)((?:[ \t]+(?:"[^"\n]*"|[A-Za-z_][\w-]*))*)[ \t]*\{/y;

/** Blocks outside all brackets, texts and comments. An attribute has a `=` before its brace. */
function spansIn(text: string): Span[] {
  const spans: Span[] = [];
  let open: (Omit<Span, "end"> & { readonly depth: number }) | undefined;
  let depth = 0;
  let atLineStart = true;
  for (let at = 0; at < text.length; ) {
    const next = pastText(text, at);
    if (next > at) {
      at = next;
      continue;
    }
    header.lastIndex = at;
    const found = atLineStart && depth === 0 ? header.exec(text) : null;
    if (found !== null) {
      const labels = [...(found[2] ?? "").matchAll(/"([^"]*)"|([\w-]+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare ?? "",
      );
      open = { type: found[1] ?? "", labels, from: at, start: header.lastIndex, depth };
      at = header.lastIndex;
      depth += 1;
      continue;
    }
    const letter = text[at] ?? "";
    if ("{[(".includes(letter)) depth += 1;
    if ("}])".includes(letter)) {
      depth -= 1;
      if (open !== undefined && depth === open.depth) {
        spans.push({ ...open, end: at });
        open = undefined;
      }
    }
    atLineStart = letter === "\n" || (atLineStart && /\s/.test(letter));
    at += 1;
  }
  if (open !== undefined) spans.push({ ...open, end: undefined });
  return spans;
}

/** Behind a comment, a text or a heredoc that begins here; the same offset if none does. */
function pastText(text: string, at: number): number {
  const rest = text.slice(at, at + 2);
  const behind = (end: number, length: number) => (end < 0 ? text.length : end + length);
  if (rest.startsWith("#") || rest === "//") return behind(text.indexOf("\n", at), 0);
  if (rest === "/*") return behind(text.indexOf("*/", at), 2);
  if (rest.startsWith('"')) return pastQuotes(text, at + 1);
  if (rest !== "<<") return at;
  const heredoc = /^<<-?([A-Za-z_][\w-]*)\r?\n/.exec(text.slice(at, at + 200));
  if (heredoc === null) return at;
  const end = new RegExp(`^[ \\t]*${heredoc[1]}[ \\t]*\\r?$`, "m");
  const start = at + heredoc[0].length;
  const found = end.exec(text.slice(start));
  return found === null ? text.length : start + found.index + found[0].length;
}

/** Behind the quotes that end a text; `${ … }` in it can contain texts. */
function pastQuotes(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === "\\") at += 2;
    else if (/[$%]/.test(text[at] ?? "") && text[at + 1] === "{" && text[at - 1] !== text[at])
      at = pastBraces(text, at + 2);
    else at += 1;
  }
  return at + 1;
}

function pastBraces(text: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < text.length && depth > 0) {
    if (text[at] === '"') {
      at = pastQuotes(text, at + 1);
      continue;
    }
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    at += 1;
  }
  return at;
}

/** Blocks in a body are none of its attributes. */
function withoutBlocks(body: string): string {
  let result = body;
  for (const { from, end = body.length } of spansIn(body))
    result =
      result.slice(0, from) + result.slice(from, end + 1).replace(/[^\n]/g, " ") + result.slice(end + 1);
  return result;
}
