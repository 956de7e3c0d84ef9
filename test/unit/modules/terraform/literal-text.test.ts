import { type IResolvable, Token } from "cdktf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { literalText, terraformText, withTexts } from "../../../../modules/terraform/literal-text";
import { runs } from "../../../support/property-runs";
import { textOf } from "../../../support/terraform-template";

test.each([
  ["plain $ and % and {}", "plain $ and % and {}"],
  ["${HOME}", "$${HOME}"],
  ["a ${b} %{if c} $${d}", "a $${b} %%{if c} $$${d}"],
  ["#{a} &{b}", "#{a} &{b}"],
  ["${TfToken[TOKEN.5]}", "$${TfToken[TOKEN.5]}"],
])("the text %s is %s in Terraform's JSON", (text, written) => {
  expect(terraformText(literalText(text))).toBe(written);
});

/** Numbers that CDKTF takes for tokens, one of each kind. */
const tokenNumbers = [Token.asNumber({} as IResolvable), ...Token.asNumberList({} as IResolvable)];

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "$",
        "%",
        "#",
        "&",
        "{",
        "}",
        "$${",
        "%%{",
        "~",
        "TfToken[",
        "TOKEN.5",
        "]}",
        "\\",
        '"',
      ),
      fc.constantFrom("String Map Token Value", "Any Map Token Value", "-8.1e+298", "1e5", "e", "+2", "\n"),
      fc.constantFrom(...tokenNumbers.map(String)),
      fc.string({ unit: "grapheme", maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join("").normalize("NFC"))
  // No file contains the stand-in.
  .filter((text) => !/\uFDD0/.test(text));

test("Terraform reads every text as it was", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(textOf(terraformText(literalText(text)))).toBe(text);
    }),
    { numRuns: runs(2000) },
  );
});

test("CDKTF finds no token in a literal text, alone, in a list, or as a key", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const literal = literalText(text);

      expect(literal).toHaveLength(text.length);
      expect(literalText(literal)).toBe(literal);
      expect(Token.isUnresolved(literal) || Token.isUnresolved([literal])).toBe(false);
      expect(Token.isUnresolved({ [literal]: literal })).toBe(false);
    }),
    { numRuns: runs(2000) },
  );
});

test.each(["$", "%", "#", "&"])("a token that begins with %s is a text, alone and as a key", (sign) => {
  const text = `${sign}{TfToken[TOKEN.5]}`;
  const literal = literalText(`before ${text} after`);

  expect(literal).not.toContain("{");
  expect(Token.isUnresolved({ [literalText(text)]: 1 })).toBe(false);
  expect(textOf(terraformText(literal))).toBe(`before ${text} after`);
});

test.each(tokenNumbers.map((number) => `of ${number}`))("CDKTF sees no number in the text %s", (text) => {
  expect(literalText(text)).not.toMatch(/\de/);
});

test("names and digests stay as they are", () => {
  const name = "web-1e5-api";
  const digest = `sha256:${"0e1".repeat(21)}f`;

  expect([literalText(name), literalText(digest)]).toEqual([name, digest]);
});

test("texts at any depth are changed, and what holds none is not copied", () => {
  const same = { numbers: [1, null, undefined], of: { true: true } };

  const changed = withTexts({ same, a: ["b", { a: "a" }] }, (text) => (text === "a" ? "A" : text));

  expect(changed).toEqual({ same, A: ["b", { A: "A" }] });
  expect(changed.same).toBe(same);
});
