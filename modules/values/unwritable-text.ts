import type { ValueProblem } from "./issues";
import { visitValues } from "./visit-values";

/**
 * Why a text cannot reach AWS as it is, as "rule; remedy"; `undefined` if it can. Tab, line feed and carriage return are
 * allowed here, as in IAM; the pattern of an option decides whether it takes several lines.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html for the characters that IAM takes
 * @see https://github.com/hashicorp/terraform/issues/36207 for Unicode normalization in Terraform
 */
export function unwritableText(text: string): string | undefined {
  // Most texts are ASCII, and this says so fast.
  if (/^[\t\n\r -~]*$/.test(text)) return undefined;
  const [control] = /(?![\t\n\r])\p{Cc}/u.exec(text) ?? [];
  if (control !== undefined)
    return `a text cannot contain the control character ${codePoint(control)}; remove it`;
  const [half] = /\p{Cs}/u.exec(text) ?? [];
  if (half !== undefined)
    return `${codePoint(half)} is half of a character (a lone surrogate); write the whole character or remove it`;
  const [reserved] = /\p{Noncharacter_Code_Point}/u.exec(text) ?? [];
  if (reserved !== undefined)
    return `${codePoint(reserved)} is a noncharacter, which Unicode reserves for internal use; remove it`;
  if (text.startsWith("\uFEFF"))
    return "Terraform drops the byte order mark (U+FEFF) that this text starts with; remove it";
  if (text !== text.normalize("NFC"))
    return 'Terraform would change this text to Unicode normalization form C (NFC); write it in this form, for example with .normalize("NFC")';
  return undefined;
}

/** The problems of every text in a value, the keys of objects included. */
export function unwritableTexts(value: unknown): ValueProblem[] {
  const problems: ValueProblem[] = [];
  visitValues(value, (inner, path) => {
    for (const found of [path.at(-1), inner]) {
      const advice = typeof found === "string" ? unwritableText(found) : undefined;
      if (advice !== undefined) problems.push({ path: [...path], found, advice });
    }
  });
  return problems;
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
