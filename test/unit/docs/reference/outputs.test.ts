import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { outputsPage, outputsPageText } from "../../../support/docs/outputs-page";

test("the page of outputs is what the stacks declare", () => {
  const written = existsSync(outputsPage) ? readFileSync(outputsPage, "utf8") : undefined;

  expect(written, `${outputsPage} is out of date; run npm run snapshots`).toBe(outputsPageText());
});

test("every output has a description, and every output of a contract is declared by a stack", () => {
  expect(outputsPageText()).not.toContain("undefined");
});
