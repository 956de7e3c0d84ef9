import fc from "fast-check";
import { expect, test } from "vitest";
import { printable, printableLines } from "../../../../../scripts/review/report/printable";

const text = fc.oneof(
  fc.string(),
  fc.string({
    unit: fc.constantFrom("a", " ", "~", "\n", "\r", "\u001b", "\u007f", "\u202e", "\u2028", "é"),
  }),
);

test("lines are printed as each of them is", () => {
  fc.assert(
    fc.property(fc.array(text), (lines) => {
      expect(printableLines(lines)).toBe(lines.map(printable).join("\n"));
    }),
  );
});

test("no character is left that a terminal obeys", () => {
  fc.assert(fc.property(text, (any) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(printable(any))));
});
