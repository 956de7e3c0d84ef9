/**
 * A model of how Terraform reads a string of its JSON: as a template, where `$${` and `%%{` stand for `${` and `%{`,
 * without a byte order mark at its start, and in Unicode normalization form C. `test/commands/terraform-template.test.ts` compares it with Terraform.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md#expressions
 * @see https://github.com/hashicorp/terraform/issues/36207
 */

/** An expression in a template, in a form that can stand inside a JSON text. */
const placeholder = (expression: string): string => `⟦${encodeURIComponent(expression)}⟧`;

/**
 * The text that a template gives. Each `${ … }` and `%{ … }` becomes a placeholder that says what is in it.
 *
 * @throws Error when a template has no end, as Terraform does
 */
export function textOf(template: string): string {
  if (!/[$%]\{/.test(template)) return normalized(template);
  let text = "";
  for (let at = 0; at < template.length; ) {
    const escaped = /^(?:\$\$\{|%%\{)/.test(template.slice(at, at + 3));
    if (escaped) {
      text += template.slice(at + 1, at + 3);
      at += 3;
    } else if (/^[$%]\{/.test(template.slice(at, at + 2))) {
      const end = endOfExpression(template, at + 2);
      text += placeholder(template.slice(at, end));
      at = end;
    } else text += template[at++];
  }
  return normalized(text);
}

const normalized = (text: string): string => text.replace(/^\uFEFF/, "").normalize("NFC");

/** The index after the brace that closes an expression. Braces in quotes do not count. */
function endOfExpression(template: string, from: number): number {
  let depth = 1;
  let quoted = false;
  for (let at = from; at < template.length; at++) {
    const character = template[at];
    if (quoted && character === "\\") at++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === "{") depth++;
    else if (!quoted && character === "}" && --depth === 0) return at + 1;
  }
  throw new Error(`this template has no end: ${template.slice(from - 2)}`);
}

/** A value of Terraform's JSON as AWS gets it: texts and keys are read, and policies inside texts become objects. */
export function readByTerraform(json: unknown): unknown {
  if (typeof json === "string") return insideOf(textOf(json));
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(readByTerraform);
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [textOf(key), readByTerraform(value)]),
  );
}

/** The object or list that a text is the JSON of; any other text as it is. */
function insideOf(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
