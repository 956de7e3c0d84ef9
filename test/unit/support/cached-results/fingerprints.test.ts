import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fingerprintOf } from "../../../support/cached-results/fingerprints";
import { generatedFolders } from "../../../support/cached-results/generated-folders";

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "fingerprints-"));
});
afterEach(() => rmSync(project, { recursive: true }));

const of = (path: string) => fingerprintOf(project, path);
const write = (path: string, text = "") => writeFileSync(join(project, path), text);

test("a file has the fingerprint of its content, whatever its time", () => {
  write("a.md", "one");
  const before = of("a.md");
  utimesSync(join(project, "a.md"), 1, 1);
  expect(of("a.md")).toBe(before);

  write("a.md", "two");
  expect(of("a.md")).not.toBe(before);
});

test("an empty file, an empty folder and nothing are three things", () => {
  write("file");
  mkdirSync(join(project, "folder"));

  expect(new Set([of("file"), of("folder"), of("none")]).size).toBe(3);
});

test("a folder has the fingerprint of the names in it, but for those that commands write into the project", () => {
  write("a.md", "one");
  const before = of(".");
  write("a.md", "two");
  for (const name of generatedFolders) mkdirSync(join(project, name));
  expect(of(".")).toBe(before);

  write("b.md");
  const added = of(".");
  rmSync(join(project, "b.md"));
  mkdirSync(join(project, "b.md"));
  expect(new Set([before, added, of(".")]).size).toBe(3);

  const empty = of("b.md");
  mkdirSync(join(project, "b.md/build"));
  expect(of("b.md")).not.toBe(empty);
});

test("of a file outside the project, the content stays unread", () => {
  const outside = join(project, "credentials");
  write("credentials", "one");
  utimesSync(outside, 1, 1);
  const before = of(outside);
  write("credentials", "two");
  utimesSync(outside, 1, 1);
  expect(of(outside)).toBe(before);

  utimesSync(outside, 2, 2);
  expect(of(outside)).not.toBe(before);
});

test("a file that becomes a program changes", () => {
  write("a.sh");
  const before = of("a.sh");
  chmodSync(join(project, "a.sh"), 0o755);

  expect(of("a.sh")).not.toBe(before);
});

test.each(["a.md/b.md", "x".repeat(300), "a\0b", "loop"])(
  "a path that cannot be read has a fingerprint: %j",
  (path) => {
    write("a.md");
    symlinkSync("loop", join(project, "loop"));

    expect(of(path)).toMatch(/^E[A-Z_]+$/);
  },
);
