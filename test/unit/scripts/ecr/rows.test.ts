import { expect, test } from "vitest";
import { rowsText } from "../../../../scripts/ecr/rows";

const rows = [
  ["a", "1\n2"],
  ["b\tc", ""],
];

test("elsewhere than on a terminal, each row is one line with a tab between its cells", () => {
  expect(rowsText(["name", "value"], rows, false)).toBe("name\tvalue\na\t1 2\nb c\t\n");
});

test("on a terminal, rows are a table", () => {
  const text = rowsText(["name", "value"], rows, true);

  expect(text).toContain("│ a");
  expect(text.split("\n").length).toBeGreaterThan(5);
});
