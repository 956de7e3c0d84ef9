/**
 * Texts that neither CDKTF nor Terraform takes for an expression.
 *
 * A text of an environment file passes two programs that look for expressions in it. CDKTF replaces its tokens, which it
 * finds by their form: `${TfToken[TOKEN.5]}` in a text, `#{TfToken[…]}` for a list, `&{TfToken[…]}` for a map, and
 * certain numbers. Terraform then evaluates `${` and `%{`. It has an escape for these, CDKTF has none. So a text gets a
 * stand-in for the characters that matter, before any construct sees it, and the stack replaces the stand-in when it
 * writes its JSON, after CDKTF.
 */

/**
 * Stands for `{` after `$`, `%`, `#` and `&`, and for `e` elsewhere. It is a noncharacter, which Unicode reserves for such
 * internal use, and no environment file can contain it: see `unwritableText`. A text keeps its length.
 *
 * @see https://www.unicode.org/faq/private_use.html#noncharacters
 */
const standIn = "\uFDD0";

/** Start of an expression or a token. */
const start = /(?<=[$%#&])\{/g;

/** What CDKTF reads as a number in a text: see `NUMBER_TOKEN_REGEX` in cdktf/lib/tokens/private/encoding.js. */
const number = /[-|\d.+]+e[-|\d.eE+]+/g;

/** Values of map tokens, which CDKTF refuses where they are the whole text: see cdktf/lib/tokens/token.js. */
const mapTokens: readonly string[] = ["String Map Token Value", "Any Map Token Value"];

/**
 * A text with stand-ins where CDKTF or Terraform would see an expression. Other texts, and one that has its stand-ins
 * already, stay as they are. Only a `SinglePassStack` can write it.
 */
export function literalText(text: string): string {
  if (!/[$%#&]\{|\de|Map Token Value$/.test(text)) return text;
  const literal = text
    .replace(start, standIn)
    .replace(number, (digits) =>
      isTokenNumber(Number.parseFloat(digits)) ? digits.replaceAll("e", standIn) : digits,
    );
  return mapTokens.includes(literal) ? literal.replace(/e$/, standIn) : literal;
}

/**
 * A text with stand-ins as Terraform's JSON has it, where `$${` and `%%{` mean `${` and `%{`.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function terraformText(text: string): string {
  if (!isLiteral(text)) return text;
  return plainText(text.replace(/([$%])\uFDD0/g, "$1$1{"));
}

/** The text that {@link literalText} was given. */
export const plainText = (text: string): string =>
  text.replace(/(?<=[$%#&])\uFDD0/g, "{").replaceAll(standIn, "e");

/** Whether a text has stand-ins. */
export const isLiteral = (text: string): boolean => text.includes(standIn);

/** The upper 16 bits of the numbers that CDKTF uses as tokens, for numbers and for lists of numbers. */
const tokenBits: readonly number[] = [0xfdff, 0xfbff];

/** Whether CDKTF would look a number up among its tokens. */
function isTokenNumber(value: number): boolean {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return tokenBits.includes(view.getUint16(0));
}

/**
 * A value with every text in it changed, the keys of objects included. What holds no changed text is returned as it is,
 * not copied.
 */
export function withTexts<T>(value: T, change: (text: string) => string): T;
export function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    let items: unknown[] | undefined;
    for (const [index, before] of value.entries()) {
      const after = withTexts<unknown>(before, change);
      if (after !== before) items ??= value.slice(0, index);
      items?.push(after);
    }
    return items ?? value;
  }
  const keys = Object.keys(value);
  const inner = value as Record<string, unknown>;
  let entries: [string, unknown][] | undefined;
  for (const [index, key] of keys.entries()) {
    const after = withTexts(inner[key], change);
    const name = change(key);
    if (after !== inner[key] || name !== key)
      entries ??= keys.slice(0, index).map((before) => [before, inner[before]]);
    entries?.push([name, after]);
  }
  return entries === undefined ? value : Object.fromEntries(entries);
}
