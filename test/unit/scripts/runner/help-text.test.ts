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
