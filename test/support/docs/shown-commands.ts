/** A command of the project that a page shows. */
export interface ShownCommand {
  /** As it is on the page, e.g. `npm run --silent ecr -- urls --env dev`. */
  readonly text: string;
  /** Script of package.json, e.g. `ecr`. */
  readonly script: string;
  /** What npm passes to it, without quotes, e.g. `["urls", "--env", "dev"]`. */
  readonly args: readonly string[];
  /** Whether it is in a sentence or a table, and not in a block of code. */
  readonly inText: boolean;
}

/** Languages of blocks in which `npm run` is a command of this project. In a Dockerfile it is one of somebody's app. */
const languages = ["bash", "sh", "yaml", "text", ""];

/** `npm run` with its own options, the script, and what follows up to the end of the command. */
const command = /npm (?:--prefix \S+ )?run (?:--silent )?([\w:]+)((?:"[^"]*"|'[^']*'|\\\n|[^\n|;&>()"'])*)/g;

/** A block of code. */
const block = /^ *```([\w-]*)\n(.*?)^ *```$/gms;

/** A command with arguments in a sentence or a table. Without them it is the name of a script; with `…` or `<`, a pattern. */
const span = /`(npm run (?:--silent )?[\w:]+ -- [^`…<]+)`/g;

/** The commands in the code of a page, also those that `npm run try -- exec` runs. */
export function shownCommands(page: string): ShownCommand[] {
  const blocks = [...page.matchAll(block)].flatMap(([, language = "", code = ""]) =>
    languages.includes(language) ? [code] : [],
  );
  const spans = [...page.replace(block, "").matchAll(span)].map(([, code = ""]) => code);
  return [
    ...blocks.flatMap((code) => commandsIn(code, false)),
    ...spans.flatMap((code) => commandsIn(code, true)),
  ];
}

const commandsIn = (code: string, inText: boolean): ShownCommand[] =>
  [...code.matchAll(command)].flatMap(([text, script = "", rest = ""]) => {
    const words = wordsOf(rest);
    const shown = { text: text.trim(), script, args: words[0] === "--" ? words.slice(1) : words, inText };
    if (script !== "try" || shown.args[0] !== "exec") return [shown];
    return [shown, ...commandsIn(text.slice(text.indexOf(" exec ")), inText)];
  });

/** Words as a shell splits them, up to a comment or the file that it reads. */
function wordsOf(text: string): string[] {
  const [code = ""] = text.replaceAll("\\\n", " ").split(/(?:^|\s)[#<]\s/);
  return [...code.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/["']/g, ""));
}
