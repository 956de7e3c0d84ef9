import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The section of a page with this heading. */
const section = (page: string, heading: string): string =>
  readFileSync(page, "utf8")
    .split(/^## /m)
    .find((text) => text.startsWith(`${heading}\n`)) ?? "";

const checks = [
  ...readFileSync("scripts/ecr/doctor-command.ts", "utf8").matchAll(/(?:name: |asking\()"([^"]+)"/g),
].map(([, name = ""]) => name);

test("the page of commands lists each check of doctor once", () => {
  const cells = section("docs/how-to/everyday-commands.md", "What is wrong").match(/^\| `[^|]+\|/gm) ?? [];
  const listed = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)]).map(([, name = ""]) => name);

  expect(checks.length).toBeGreaterThan(5);
  expect(listed.toSorted()).toEqual(checks.toSorted());
});

test("an entry of the troubleshooting names a check of doctor", () => {
  const page = readFileSync("docs/how-to/troubleshooting.md", "utf8");
  const entries = page.match(/^\*\*[^*]+\*\*(?: \(`[^`]+`)?/gm) ?? [];
  const named = entries.flatMap((entry) => /\(`([^`]+)`$/.exec(entry)?.[1] ?? []);

  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !checks.includes(name))).toEqual([]);
});
