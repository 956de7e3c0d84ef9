import { expect, test } from "vitest";
import { verb } from "../../../../scripts/ecr/verb";

/** What `--help` prints, with what is added after the options. */
function helpOf(command: ReturnType<typeof verb>): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

test("a help ends with notes, exit codes and examples", () => {
  const help = {
    notes: "What to know.",
    exitCodes: { 0: "it is good", 2: "it is bad" },
    examples: ["--env dev", "--env dev --json"],
  };

  expect(helpOf(verb("look", "Look at it.", help))).toMatchInlineSnapshot(`
    "Usage: look [options]

    Look at it.

    Options:
      --env <name>  environment, e.g. prod
      --json        print JSON
      -h, --help    display help for command

    What to know.

    Exit codes: 0 it is good, 2 it is bad.

    Examples:
      npm run ecr -- look --env dev
      npm run --silent ecr -- look --env dev --json
    "
  `);
});

test("examples whose output other programs read keep npm silent", () => {
  const help = { exitCodes: { 0: "done" }, examples: ["--env dev"], silent: true };

  expect(helpOf(verb("look", "Look at it.", help))).toContain(
    "Example:\n  npm run --silent ecr -- look --env dev",
  );
});
