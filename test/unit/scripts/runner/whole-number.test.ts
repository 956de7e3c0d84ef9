import { InvalidArgumentError } from "commander";
import fc from "fast-check";
import { expect, test } from "vitest";
import { wholeNumber } from "../../../../scripts/runner/whole-number";

test("a number in the bounds is taken, every other text is refused", () => {
  const parse = wholeNumber({ from: 1, to: 455, unit: "days" });
  const text = fc.oneof(fc.integer({ min: -5, max: 500 }).map(String), fc.string(), fc.double().map(String));

  fc.assert(
    fc.property(text, (value) => {
      const isGood = /^[0-9]+$/.test(value) && Number(value) >= 1 && Number(value) <= 455;
      if (isGood) return parse(value) === Number(value);
      try {
        parse(value);
      } catch (error) {
        return error instanceof InvalidArgumentError;
      }
      return false;
    }),
  );
});

test.each([
  [{ from: 0, to: 99_999, unit: "seconds" }, "Use a whole number of seconds, 0 to 99999."],
  [{ from: 1, to: 65_535 }, "Use a whole number, 1 to 65535."],
  [{ from: 1 }, "Use a whole number of at least 1."],
  [{ from: 1, or: "all" }, "Use a whole number of at least 1, or all."],
])("the message names the bounds: %j", (bounds, message) => {
  for (const value of ["-1", "1.5", "", "1e3", "99999999999999999999"])
    expect(() => wholeNumber(bounds)(value)).toThrow(message);
});
