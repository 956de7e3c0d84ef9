import { expect, test } from "vitest";
import { unwritableText, unwritableTexts } from "../../../../modules/values/unwritable-text";

test.each([
  ["plain", "a b ~ $ % {} \\ \" '"],
  ["of several lines", "a\tb\r\nc\n"],
  ["in other scripts", "Grüße, 日本語, 🚀, a\uFEFFb, \u2028, \u200B, \u202E"],
])("a text %s is written as it is", (_, text) => {
  expect(unwritableText(text)).toBeUndefined();
});

test.each([
  ["a control character", "a\u0000b", "a text cannot contain the control character U+0000; remove it"],
  [
    "a control character of Latin-1",
    "\u0085",
    "a text cannot contain the control character U+0085; remove it",
  ],
  [
    "half a character",
    "a\uD83D",
    "U+D83D is half of a character (a lone surrogate); write the whole character or remove it",
  ],
  [
    "a noncharacter",
    "\u{1FFFE}",
    "U+1FFFE is a noncharacter, which Unicode reserves for internal use; remove it",
  ],
  [
    "a byte order mark at its start",
    "\uFEFFa",
    "Terraform drops the byte order mark (U+FEFF) that this text starts with; remove it",
  ],
  [
    "a letter that Terraform composes",
    "e\u0301",
    'Terraform would change this text to Unicode normalization form C (NFC); write it in this form, for example with .normalize("NFC")',
  ],
])("fails when a text contains %s", (_, text, advice) => {
  expect(unwritableText(text)).toBe(advice);
});

test("texts and keys at any depth are looked at", () => {
  const value = { a: ["b", "c\u0000"], "d\u0001": { e: 1, f: null } };

  expect(unwritableTexts(value).map(({ path, found }) => [path, found])).toEqual([
    [["a", 1], "c\u0000"],
    [["d\u0001"], "d\u0001"],
  ]);
});
