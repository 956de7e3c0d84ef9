import { execFileSync } from "node:child_process";
import { Argument, Command, Option } from "commander";
import { expect, test } from "vitest";
import { bashScript } from "../../../../../scripts/ecr/completion/bash";
import { completedCommand } from "../../../../../scripts/ecr/completion/command-tree";
import { fishScript } from "../../../../../scripts/ecr/completion/fish";
import { zshScript } from "../../../../../scripts/ecr/completion/zsh";

function sample(): Command {
  const program = new Command("ecr").description("A program.");
  program
    .command("images")
    .description("List: the 'images' of a repository. More text.")
    .requiredOption("--env <name>", "environment, e.g. prod. More text.")
    .addOption(new Option("-s, --sort <order>", "order").choices(["pushed", "tag"]))
    .option("--json", "print JSON")
    .option("--file <file>", "a file")
    .option("--limit <n>", "how many");
  program.command("lifecycle").command("preview").option("--repo <name>", "repository");
  program.command("completion").addArgument(new Argument("<shell>").choices(["bash", "zsh"]));
  return program;
}

const program = completedCommand(sample(), { "--env": ["dev", "prod"], "--repo": ["web-app"] });
const script = { name: "ecr", folder: "/home/a user's/project", program };

/** What bash offers for the last word of each line. One process for all: starting one takes longest. */
function offered(lines: readonly (readonly string[])[]): string[][] {
  const asked = lines.map((words) => {
    const line = ["ecr", ...words].map((word) => `'${word}'`);
    return `COMP_WORDS=(${line.join(" ")}); COMP_CWORD=${words.length}; COMPREPLY=(); _ecr_completion; echo "\${COMPREPLY[@]}"`;
  });
  const text = execFileSync("bash", ["-c", [bashScript(script), ...asked].join("\n")], { encoding: "utf8" });
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split(" ").filter(Boolean).toSorted());
}

const completions: [string[], string[]][] = [
  [[""], ["images", "lifecycle", "completion", "help", "--help", "-h"]],
  [["im"], ["images"]],
  [
    ["images", ""],
    ["--env", "--sort", "-s", "--json", "--file", "--limit", "--help", "-h"],
  ],
  [["images", "--js"], ["--json"]],
  [
    ["images", "--env", ""],
    ["dev", "prod"],
  ],
  [["images", "--env", "prod", "--sort", "t"], ["tag"]],
  [
    ["images", "-s", ""],
    ["pushed", "tag"],
  ],
  [["images", "--limit", ""], []],
  [
    ["lifecycle", ""],
    ["preview", "help", "--help", "-h"],
  ],
  [["lifecycle", "preview", "--repo", ""], ["web-app"]],
  [["completion", "b"], ["bash"]],
];

test("bash offers the commands, options and values that can come next", () => {
  expect(offered(completions.map(([words]) => words))).toEqual(
    completions.map(([, expected]) => expected.toSorted()),
  );
});

test("the function starts the project's command with its arguments, whatever its folder is called", () => {
  const npm = `npm() { printf '[%s]' "$@"; }`;
  const printed = execFileSync("bash", ["-c", `${npm}\n${bashScript(script)}\necr images --tag 'a b'`]);

  expect(printed.toString()).toBe(
    "[--prefix][/home/a user's/project][run][--silent][ecr][--][images][--tag][a b]",
  );
});

test("zsh gets names with descriptions, and the values of options", () => {
  const text = zshScript(script);

  expect(text).toContain(`'images:List\\: the '\\''images'\\'' of a repository.'`);
  expect(text).toContain("('/images --sort'|'/images -s') compadd -- 'pushed' 'tag'; return ;;");
  expect(text).toContain("'--env:environment, e.g. prod.'");
  expect(text).toContain("('/images --file') _files; return ;;");
  expect(text).toContain("('/images --limit') return ;;");
  expect(text).toContain("compdef _ecr_completion ecr");
});

test("fish gets a line for each command and option", () => {
  const lines = fishScript(script).split("\n");

  expect(lines).toContain(`complete -c ecr -n '__ecr_at /images' -l sort -s s -x -a 'pushed tag' -d 'order'`);
  expect(lines).toContain(
    `complete -c ecr -n '__ecr_at \\'\\'' -a 'images' -d 'List: the \\'images\\' of a repository.'`,
  );
  expect(lines).toContain(`complete -c ecr -n '__ecr_at /images' -l file -r -F -d 'a file'`);
  expect(lines).toContain(`complete -c ecr -n '__ecr_at /images' -l json -d 'print JSON'`);
});

test("nothing of the program is left out, whatever is added to it", () => {
  const grown = sample();
  grown.command("new-verb").option("--new-option", "new");
  const found = completedCommand(grown, {});

  for (const write of [bashScript, zshScript, fishScript]) {
    const text = write({ ...script, program: found });
    expect(text).toContain("new-verb");
    expect(text).toContain("new-option");
  }
});
