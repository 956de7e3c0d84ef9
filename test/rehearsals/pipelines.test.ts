import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workspace } from "../support/emulator/workspace";
import { githubWorkflows, gitlabPipelines, usedCommands } from "../support/pipelines/workflow-files";

const { scripts } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const used = [...githubWorkflows(), ...gitlabPipelines()].flatMap(({ text }) => usedCommands(text));
/** How many words name a subcommand: the others are arguments. */
const subcommandWords = ({ script, words }: (typeof used)[number]): number => {
  if (script === "ecr" && words[0] === "lambda") return 2;
  return ["ecr", "ecs", "pipeline"].includes(script) ? 1 : 0;
};
const helpOf = (one: (typeof used)[number]) =>
  [one.script, ...one.words.slice(0, subcommandWords(one))].join(" ");
const withFlags = [...new Set(used.filter(({ flags }) => flags.length > 0).map(helpOf))];

/** Every command of this project in the pipelines for GitHub and GitLab. */
describe("commands in pipelines", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
  });
  afterAll(() => workspace.remove());

  test("all are scripts of package.json", () => {
    expect(used.length).toBeGreaterThan(30);
    expect(used.filter(({ script }) => scripts[script] === undefined)).toEqual([]);
  });

  test.each(withFlags)("%s has the flags", async (command) => {
    const { code, stdout } = await workspace.command([...command.split(" "), "--help"]);

    expect(code).toBe(0);
    const flags = used.filter((one) => helpOf(one) === command).flatMap((one) => one.flags);
    expect(flags.filter((flag) => !new RegExp(`${flag}\\b`).test(stdout))).toEqual([]);
  });
});
