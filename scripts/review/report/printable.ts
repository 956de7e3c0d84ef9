/**
 * A text without control characters, which could change what a terminal shows, and without those that change the order in
 * which text is displayed. Environment files of a pull request come from its author.
 *
 * @see https://www.unicode.org/reports/tr9/
 */
export const printable = (text: string): string =>
  special.test(text)
    ? text.replace(
        /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
        (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
      )
    : text;

/** Anything but printable ASCII, of which most texts are. */
const special = /[^ -~]/;

/** The same of lines, one below the other. */
export function printableLines(lines: readonly string[]): string {
  const text = lines.join("\n");
  const isPlain = !specialInLines.test(text) && breaksIn(text) === Math.max(0, lines.length - 1);
  return isPlain ? text : lines.map(printable).join("\n");
}

const specialInLines = /[^ -~\n]/;

/** A line that has a break itself shows it, so their number says whether there is one. */
function breaksIn(text: string): number {
  let breaks = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) breaks++;
  return breaks;
}
