import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { explainSyntaxErrors } from "../../../../scripts/failures/syntax-error";

const folder = mkdtempSync(join(tmpdir(), "syntax-"));
const file = join(folder, "dev.ts");
writeFileSync(file, 'export const dev = define({\n  name: "dev"\n  tier: "production",\n});\n');
afterAll(() => rmSync(folder, { recursive: true }));

const explained = (output: string) => explainSyntaxErrors(output)?.replaceAll(`${folder}/`, "");

test("a missing comma is one line with its place, and the code around it", () => {
  const output = `${file}(3,3): error TS1005: ',' expected.\n${file}(4,2): error TS1128: Declaration or statement expected.\n`;

  expect(explained(output)).toBe(`dev.ts:3:3: ',' expected.
  1 | export const dev = define({
  2 |   name: "dev"
> 3 |   tier: "production",
    |   ^
  4 | });
1 file cannot be read; nothing was written.
`);
});

test("a brace that is missing at the end of the file is shown there", () => {
  expect(explained(`${file}(5,1): error TS1005: '}' expected.\n`)).toBe(`dev.ts:5:1: '}' expected.
  3 |   tier: "production",
  4 | });
> 5 |
    | ^
1 file cannot be read; nothing was written.
`);
});

test("of several files each shows its first error, and a file that is gone only the place", () => {
  const output = `${file}(3,3): error TS1005: ',' expected.\ngone.ts(1,2): error TS1109: Expression expected.\ngone.ts(2,2): error TS1005: ',' expected.\n`;

  const lines = explained(output)?.split("\n") ?? [];
  expect(lines.filter((line) => /^\S+\.ts:/.test(line))).toEqual([
    "dev.ts:3:3: ',' expected.",
    "gone.ts:1:2: Expression expected.",
  ]);
  expect(lines.at(-2)).toBe("2 files cannot be read; nothing was written.");
});

test("type errors are no syntax errors", () => {
  expect(
    explained(`${file}(2,3): error TS2353: Object literal may only specify known properties.\n`),
  ).toBeUndefined();
  expect(explained("")).toBeUndefined();
});
