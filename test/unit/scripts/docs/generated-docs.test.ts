import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generatedDocs } from "../../../../scripts/docs/generated-docs";

test.each(Object.entries(generatedDocs()))("%s is what the schema gives", (path, text) => {
  const written = existsSync(path) ? readFileSync(path, "utf8") : undefined;

  expect(written, `${path} is out of date; run npm run docs`).toBe(text);
});
