import { expect, test } from "vitest";
import { withoutRefusedDestructions } from "../../../../scripts/runner/refused-destructions";

const plain = (title: string) => `\nError: ${title}\n\n  on cdk.tf.json line 3:\n\nSome text\n`;
const framed = (title: string) =>
  `\u001b[31m╷\u001b[0m\u001b[0m\n\u001b[31m│\u001b[0m \u001b[0m\u001b[1m\u001b[31mError: \u001b[0m\u001b[0m\u001b[1m${title}\u001b[0m\n\u001b[31m╵\u001b[0m\u001b[0m\n`;
const refused = "Instance cannot be destroyed";

test.each([plain, framed])("errors of prevent_destroy go, and others stay as they are", (error) => {
  expect(withoutRefusedDestructions(error(refused) + error("Other") + error(refused)).trim()).toBe(
    error("Other").trim(),
  );
  expect(withoutRefusedDestructions(error(refused) + error(refused))).toBe("");
  expect(withoutRefusedDestructions(error("Other"))).toBe(error("Other"));
});
