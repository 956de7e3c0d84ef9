import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandHelp } from "../../../../scripts/runner/help-text";

test("examples can be pasted: with -- before arguments, and silent where a program reads the output", () => {
  expect(
    commandHelp("try", {
      exitCodes: { 2: "there is more", 0: "done" },
      examples: ["", "dev --all", "dev --json"],
    }),
  ).toMatchInlineSnapshot(`
    "
    Exit codes: 0 done, 2 there is more.

    Examples:
      npm run try
      npm run try -- dev --all
      npm run --silent try -- dev --json"
  `);
  expect(
    commandHelp("ecr -- login", {
      notes: "Prints.",
      exitCodes: { 0: "done" },
      examples: ["--env dev"],
      silent: true,
    }),
  ).toMatchInlineSnapshot(`
    "
    Prints.

    Exit codes: 0 done.

    Example:
      npm run --silent ecr -- login --env dev"
  `);
});

test("exit codes that need more than one line are wrapped between words", () => {
  const exitCodes = Object.fromEntries(
    Array.from({ length: 12 }, (_, code) => [code, "some meaning of this code"]),
  );
  const text = commandHelp("plan", { exitCodes, examples: ["dev"] });
  const lines = text.split("\n");

  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
  expect(text.replaceAll("\n", " ")).toContain("10 some meaning of this code, 11 some meaning of this code.");
});

test("every command has its exit codes and examples from here, and none writes them by hand", () => {
  const files = readdirSync("scripts", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ file, text: readFileSync(`scripts/${file}`, "utf8") }));
  const own = files.filter(
    ({ file, text }) => file !== "runner/help-text.ts" && /Exit codes: \d|^ *["`].*Exit code \d/m.test(text),
  );
  const counts = files.map(({ file, text }) => ({
    file,
    commands: text.match(/\.action\(|environmentCommand\("/g)?.length ?? 0,
    helps: text.match(/\b(commandHelp|helpText|adoptHelp)\(|[^.\w]verb\(/g)?.length ?? 0,
  }));

  expect(own.map(({ file }) => file)).toEqual([]);
  expect(counts.filter(({ commands }) => commands > 0).length).toBeGreaterThan(40);
  expect(counts.filter(({ commands, helps }) => commands > helps)).toEqual([]);
});
