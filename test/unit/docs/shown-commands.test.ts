import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { remembered } from "../../../modules/values/remembered";
import { docsPages } from "../../support/docs/pages";
import { parsedCommand } from "../../support/docs/parsed-command";
import { type ShownCommand, shownCommands } from "../../support/docs/shown-commands";
import { filesIn } from "../../support/files-in";
import { tiers } from "../../support/tiers";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

const commands = docsPages.flatMap((page) =>
  shownCommands(readFileSync(page, "utf8")).map((shown) => ({ page, ...shown })),
);

/** The program in `scripts` that a script of npm starts; `undefined` for one of another tool, such as vitest. */
const programIn = (script: string): string | undefined =>
  /^(?:exec )?node run\.cjs scripts\/(\w+)$/.exec(scripts[script] ?? "")?.[1];

/** A trial runs any command: what follows `exec` is not parsed. */
const isParsed = ({ script, args }: ShownCommand): boolean =>
  programIn(script) !== undefined &&
  !["docs", "package"].includes(script) &&
  !(script === "try" && args[0] === "exec");

const parsed = ({ script, args }: ShownCommand) =>
  parsedCommand(script, args, () => import(/* @vite-ignore */ `../../../scripts/${programIn(script)}`));

test("commands are found in code, with their words as a shell splits them", () => {
  const block = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\`\n`;
  const page = [
    "Run `npm run synth`.\n",
    block("bash", "npm run --silent ecr -- urls --env dev | head # npm runs it\nnpm run lock    # once"),
    block("bash", "npm run ecr -- images \\\n  --tag 'v1.* |' --json > \"a b\""),
    block("text", "    npm run --silent try -- exec npm run --silent ecr -- urls --env dev"),
    block("bash", 'eval "$(npm --prefix ~/p run --silent ecr -- completion bash)"'),
    block("dockerfile", "RUN npm run build && npm prune"),
  ].join("\n");

  const inText = "| `npm run diff -- dev` | `npm run ecr -- <verb>` | `npm run secrets -- set …` |";

  expect(shownCommands(`${page}\n${inText}`).map(({ script, args }) => [script, ...args])).toEqual([
    ["ecr", "urls", "--env", "dev"],
    ["lock"],
    ["ecr", "images", "--tag", "v1.* |", "--json"],
    ["try", "exec", "npm", "run", "--silent", "ecr", "--", "urls", "--env", "dev"],
    ["ecr", "urls", "--env", "dev"],
    ["ecr", "completion", "bash"],
    ["diff", "dev"],
  ]);
});

test.each([
  ["ecr", ["nonsense"], "error: unknown command 'nonsense'"],
  ["ecr", ["tags", "--env", "dev"], "error: required option '--repo, --repository <name>' not specified"],
  ["ecr", ["top", "--env", "dev", "--by", "luck"], "Allowed choices are pulls, size, images, findings."],
  ["secrets", ["list", "--env", "dev", "--all"], "error: unknown option '--all'"],
  ["deploy", ["--layer", "compute"], "error: missing required argument 'environment'"],
  ["diff", ["dev", "--layer", "moat"], "Choose from bootstrap"],
  ["synth", ["--strictly"], "error: unknown option '--strictly'"],
])("%s %j is refused", async (script, args, message) => {
  const { error } = await parsed({ text: "", script, args, inText: false });

  expect(error).toContain(message);
});

test.each([
  "README.md",
  "docs/how-to/repositories.md",
  "docs/tutorial.md",
  "docs/how-to/everyday-commands.md",
])("%s shows commands", (page) => {
  expect(commands.filter((command) => command.page === page).length).toBeGreaterThan(4);
});

test("every script that a page names is one of package.json", () => {
  expect(commands.filter(({ script }) => !Object.hasOwn(scripts, script))).toEqual([]);
});

/** In a sentence, a command without options is its name: what it requires is left out. */
const isName = ({ args, inText }: ShownCommand): boolean =>
  inText && !args.some((word) => word.startsWith("-"));

test("every command that a page shows is one that its program accepts", async () => {
  const refused: string[] = [];
  for (const command of commands.filter(isParsed)) {
    const { error } = await parsed(command);
    const isComplete = !(isName(command) && error?.startsWith("error: required option"));
    if (error !== undefined && isComplete) refused.push(`${command.page}: ${command.text}: ${error}`);
  }

  expect(refused).toEqual([]);
});

/** The tests that run commands: text by file, without lines that only ask for help. */
const tests = [...tiers.commands, ...tiers.rehearsals, "test/support"].flatMap((folder) =>
  filesIn(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(file, "utf8").replace(/^.*(?:--help|-h|\bhelp \w+)["' ].*$/gm, "")),
);

/** The tests with a command line that has this word before an option, another argument or the end of the line. */
const testsThatRunWord = remembered(1000, (word): ReadonlySet<string> => {
  const end = "(?:[\"'`](?:,\\s*(?:[\"'`]|\\.\\.\\.|\\w+[\\],])|[)\\]])| --| bash)";
  const line = new RegExp(`(?<!(?:test|describe\\w*)\\()["'\` ]${word}${end}`);
  return new Set(tests.filter((text) => text.includes(word) && line.test(text)));
});

/** Tests with such a command line for each of these words. */
const testsThatRun = (words: readonly string[]): string[] =>
  tests.filter((text) => words.every((word) => testsThatRunWord(word).has(text)));

test("every command that a page shows is one that a test runs, with each of its options", async () => {
  const untested: string[] = [];
  // The tests try an environment without --all, which this page has, too.
  for (const command of commands.filter(isParsed).filter(({ page }) => page !== "docs/how-to/try.md")) {
    const { path } = await parsed(command);
    const running = testsThatRun(path.length === 0 ? [command.script] : path);
    const options = command.args.flatMap((word) => /^--(?!help)[\w-]+/.exec(word)?.[0] ?? []);
    const missing = options.filter((option) => !running.some((text) => text.includes(option)));
    if (running.length === 0) untested.push(`${command.page}: ${command.text}`);
    else if (missing.length > 0) untested.push(`${command.page}: ${command.text}: ${missing.join(", ")}`);
  }

  expect(untested).toEqual([]);
});

/** What the project prints: commands in its texts, where any value stands for an expression. */
const printed = filesIn("scripts")
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => {
    const text = readFileSync(file, "utf8").replace(/\$\{[^{}]*\}/g, "x");
    const codes = text.match(/npm run [^"`\n]+/g) ?? [];
    return codes
      .flatMap((code) => shownCommands(`\`\`\`\n${code}\n\`\`\`\n`))
      .map((shown) => ({ file, ...shown }));
  });

test("every command that the project prints has options that its program knows", async () => {
  const refused: string[] = [];
  for (const command of printed.filter(isParsed).filter(({ text }) => !text.includes("<"))) {
    const { error = "" } = await parsed(command);
    if (error.includes("unknown option")) refused.push(`${command.file}: ${command.text}: ${error}`);
  }

  expect(printed.length).toBeGreaterThan(50);
  expect(refused).toEqual([]);
});
