import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandPage, commandPageText, documentedScripts } from "../../../support/docs/command-page";

test("the page of commands is what their helps say", async () => {
  const written = existsSync(commandPage) ? readFileSync(commandPage, "utf8") : undefined;

  expect(written, `${commandPage} is out of date; run npm run snapshots`).toBe(await commandPageText());
});

test("every script with a program of its own is on the page", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  const programs = Object.entries(scripts).flatMap(([name, line]) =>
    line.startsWith("exec node run.cjs scripts/") ? [name] : [],
  );

  expect([...documentedScripts].toSorted()).toEqual(["synth", ...programs].toSorted());
});
