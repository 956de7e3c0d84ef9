import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const { takeLock }: { takeLock(file: string): () => void } =
  createRequire(__filename)("../../../start/lock.cjs");

const folder = mkdtempSync(join(tmpdir(), "lock-"));
const lock = join(folder, "inside", "type-check.lock");
afterAll(() => rmSync(folder, { recursive: true }));

/** No process has it. */
const ended = String(2 ** 30);
const longAgo = new Date(2020, 0);

test.each<[string, () => void]>([
  ["there is none", () => rmSync(lock, { recursive: true, force: true })],
  ["its process has ended", () => writeFileSync(lock, ended)],
  ["it is empty, and not new", () => writtenLongAgo("")],
  ["it holds no process ID, and is not new", () => writtenLongAgo("garbage")],
  ["its process has held it for minutes", () => writtenLongAgo(String(process.ppid))],
  ["it is a folder", () => mkdirSync(lock)],
])("a lock is taken at once if %s", (_, prepare) => {
  prepare();

  const release = takeLock(lock);

  expect(readFileSync(lock, "utf8")).toBe(String(process.pid));
  release();
  expect(() => readFileSync(lock)).toThrow("ENOENT");
});

function writtenLongAgo(content: string): void {
  writeFileSync(lock, content);
  utimesSync(lock, longAgo, longAgo);
}

test("a lock that another process has taken over is not released", () => {
  const release = takeLock(lock);
  writeFileSync(lock, ended);

  release();

  expect(readFileSync(lock, "utf8")).toBe(ended);
});
