/**
 * A text without control characters, which could change what a terminal shows, and without those that change the order in
 * which text is displayed. Environment files of a pull request come from its author.
 *
 * @see https://www.unicode.org/reports/tr9/
 */
export const printable = (text: string): string =>
  isPlain.test(text)
    ? text
    : text.replace(
        /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
        (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
      );

/** Printable ASCII, as most texts are. */
const isPlain = /^[ -~]*$/;
