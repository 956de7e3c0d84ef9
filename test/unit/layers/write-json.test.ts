import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { writeJson } from "../../../layers/write-json";
import { runs } from "../../support/property-runs";

const folder = mkdtempSync(join(tmpdir(), "write-json-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(value: Record<string, unknown>): string {
  const file = join(folder, "cdk.tf.json");
  writeJson(file, value);
  return readFileSync(file, "utf8");
}

test("keys are sorted at every depth, and texts stay as they are", () => {
  expect(written({ b: [{ y: 1, x: "ä😀" }], a: { d: null, c: {} } })).toBe(
    '{\n  "a": {\n    "c": {},\n    "d": null\n  },\n  "b": [\n    {\n      "x": "ä😀",\n      "y": 1\n    }\n  ]\n}',
  );
});

test("a file that was longer before ends where the JSON ends", () => {
  written({ a: "x".repeat(1_000) });

  expect(written({ a: 1 })).toBe('{\n  "a": 1\n}');
});

test.each(["a", "ä", "語", "😀"])("a text of megabytes arrives whole, made of %s", (character) => {
  const text = `a${character.repeat(600_000)}`;

  expect(JSON.parse(written({ text }))).toEqual({ text });
});

test("any JSON is read as it was", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
      const plain = JSON.parse(JSON.stringify(value));

      expect(JSON.parse(written(structuredClone(plain)))).toEqual(plain);
    }),
    { numRuns: runs(300) },
  );
});

test("equal values give equal files, whatever the order of their keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).toReversed());

      expect(written(reversed)).toBe(written(value));
    }),
    { numRuns: runs(300) },
  );
});
