import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceFile } from "../../../../scripts/runner/replaced-file";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pin-"));
  file = join(folder, "dev.ts");
  writeFileSync(file, "old\r\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the text is replaced, and nothing else is left", () => {
  replaceFile(file, "old\r\n", "new\r\n");

  expect(readFileSync(file, "utf8")).toBe("new\r\n");
  expect(readdirSync(folder)).toEqual(["dev.ts"]);
});

test("the file keeps its permissions", () => {
  chmodSync(file, 0o640);

  replaceFile(file, "old\r\n", "new");

  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test("a link stays a link, and its target gets the text", () => {
  const link = join(folder, "link.ts");
  symlinkSync("dev.ts", link);

  replaceFile(link, "old\r\n", "new");

  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, "utf8")).toBe("new");
});

test("a file that has changed since it was read stays as it is", () => {
  writeFileSync(file, "edited");

  expect(() => replaceFile(file, "old\r\n", "new")).toThrow(/dev\.ts has changed since it was read/);
  expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual(["edited", ["dev.ts"]]);
});
