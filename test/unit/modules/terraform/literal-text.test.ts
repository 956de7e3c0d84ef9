import { expect, test } from "vitest";
import { literalText } from "../../../../modules/terraform/literal-text";

test.each([
  ["plain $ and % and {}", "plain $ and % and {}"],
  ["${HOME}", "$${HOME}"],
  ["a ${b} %{if c} $${d}", "a $${b} %%{if c} $$${d}"],
])("the text %s is escaped as %s", (text, written) => {
  expect(literalText(text)).toBe(written);
});
