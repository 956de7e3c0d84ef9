import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workspace } from "../support/emulator/workspace";

/** Help of every command and subcommand. */
describe("help", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
  });
  afterAll(() => workspace.remove());

  test.each([
    ["ecr --help", "Usage: ecr [options] [command]"],
    ["ecr help manifests", "Usage: ecr manifests [options]"],
    ["ecr manifests -h", "Usage: ecr manifests [options]"],
    ["ecr registry --help", "Usage: ecr registry [options] [command]"],
    ["ecr registry explain --help", "Usage: ecr registry explain [options]"],
    ["ecr replication --help", "Usage: ecr replication [options] [command]"],
    ["ecr replication status --help", "Exit codes: 0 nothing is missing"],
    ["ecr replication backfill --help", "Without --apply, nothing is changed."],
    ["ecr scan-findings --help", "Exit codes: 0 no finding is of the threshold or worse"],
    ["ecr help rescan", "Usage: ecr rescan [options]"],
    ["ecr metrics --help", "AWS has no metric for pushes"],
    ["ecr top --help", "Exit codes: 0 the list is printed"],
    ["ecr cost --help", "npm run ecr -- cost --env prod --declared"],
    ["ecs deploy --help", "Exit codes: 0 the service runs the image"],
    ["ecs run --help", "npm run ecs -- run --env prod web-app -- bin/migrate --all"],
    ["ecr lambda deploy --help", "0 the alias routes all traffic to the image"],
    ["ecr gate --help", "2 an image is refused"],
    ["ecr signing status --help", "0 every image that must be signed is signed"],
    ["failover --help", "Usage: failover [options] [command]"],
    ["failover plan --help", "Exit codes: 0 the Region has a replica of every consumer's repository"],
    ["ecr lifecycle preview -h", "Usage: ecr lifecycle preview [options]"],
    ["ecr lifecycle help preview", "Usage: ecr lifecycle preview [options]"],
    ["registry --help", "Usage: registry [options] [command]"],
    ["registry export --help", "Usage: registry export [options]"],
    ["registry help move", "Usage: registry move [options]"],
    ["secrets --help", "Usage: secrets [options] [command]"],
    ["secrets set --help", "Usage: secrets set [options] <secret>"],
    ["secrets help list", "Usage: secrets list [options]"],
    ["shards --help", "Usage: shards [options]"],
    ["upgrade check --help", "Usage: upgrade check [options] <environment>"],
    ["deploy --help", "Usage: deploy <environment>"],
    ["plan --help", "Exit codes: 0 nothing risky, 1 the plans cannot be made, 2 risky"],
    ["apply --help", "Usage: apply [options] <folder>"],
    ["lock --help", "Usage: lock [options] [flags...]"],
    ["imports --help", "replicas that ECR created. The next deploy imports them."],
    ["synth --help", "Usage: synth [options]"],
    ["adopt --help", "Usage: adopt [options] [command]"],
    ["adopt tfvars --help", "npm run adopt -- tfvars terraform.tfvars --env dev"],
    ["adopt state --help", "--removed-blocks"],
    ["adopt aws --help", 'npm run adopt -- aws --env dev --repository "team/*" --dry-run'],
    ["adopt plan --help", "0 everything is imported and nothing changes"],
    ["adopt done --help", "Changes nothing in AWS or in a state."],
    ["init --help", "130 after Ctrl-C, and nothing was written."],
    ["try --help", "npm run try -- --down"],
  ])("%s prints the help", async (command, usage) => {
    const { code, stdout, stderr } = await workspace.loaded(command.split(" "));

    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(usage);
  });

  test("npm run starts the program of its script", async () => {
    await workspace.skipCodeCheck();

    for (const script of ["diff", "destroy"]) {
      const { code, stdout } = await workspace.run(["npm", "run", "--silent", script, "--", "--help"]);

      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: ${script} <environment>`);
    }
  });

  test.each([
    [
      "ecr lifecycle preview --env dev",
      "error: required option '--repo, --repository <name>' not specified\n",
    ],
    ["ecr registry explain --env dev --all", "error: unknown option '--all'\n"],
    [
      "ecr cost --env dev --declared --layers",
      "error: option '--layers' cannot be used with option '--declared'\n",
    ],
    [
      "ecr cost --env dev --max-image-count 0",
      "error: option '--max-image-count <number>' argument '0' is invalid. Use a whole number, 1 to 100000.\n",
    ],
    ["secrets set --env dev", "error: missing required argument 'secret'\n"],
  ])("%s fails with one sentence", async (command, sentence) => {
    const { code, stdout, stderr } = await workspace.loaded(command.split(" "));

    expect([code, stdout, stderr]).toEqual([1, "", sentence]);
  });

  test.each([
    ...["urls", "login", "push-commands", "pull-commands", "images", "tags", "describe", "completion"],
    ...["lifecycle preview", "registry explain", "manifests"],
  ])("the help of ecr %s", async (verb) => {
    const { stdout } = await workspace.loaded(["ecr", ...verb.split(" "), "--help"]);

    await expect(stdout).toMatchFileSnapshot(`help/ecr-${verb.replace(" ", "-")}.txt`);
  });

  test("every command that takes a repository takes both --repository and --repo", async () => {
    const { stdout } = await workspace.loaded(["ecr", "completion", "bash", "--json"]);
    const spellings = optionsIn(JSON.parse(stdout)).filter((names) =>
      names.some((one) => /^--repo/.test(one)),
    );

    expect(spellings.length).toBeGreaterThan(10);
    expect(new Set(spellings.map((names) => names.join(" ")))).toEqual(new Set(["--repository --repo"]));
  });

  test("every command of ecr says its exit codes, gives an example, and prints JSON", async () => {
    const tree = await workspace.loaded(["ecr", "completion", "bash", "--json"]);
    const commands = commandsIn(JSON.parse(tree.stdout));
    const helps = await Promise.all(
      commands.map(async (path) => {
        const { stdout } = await workspace.loaded(["ecr", ...path.slice(1).split("/"), "--help"]);
        return [path, ...["Exit codes: 0", "npm run ", "--json"].filter((part) => !stdout.includes(part))];
      }),
    );

    expect(commands).toContain("/registry/policy");
    expect(helps.filter(([, ...missing]) => missing.length > 0)).toEqual([]);
  });
});

interface Tree {
  readonly path: string;
  readonly options: readonly { readonly names: readonly string[] }[];
  readonly commands: readonly Tree[];
}

/** Commands that do something, without those that only have subcommands, and without help. */
const commandsIn = ({ path, commands }: Tree): string[] =>
  commands.length > 0 ? commands.flatMap(commandsIn) : path.endsWith("/help") ? [] : [path];

/** Spellings of every option, of all commands. */
const optionsIn = ({ options, commands }: Tree): (readonly string[])[] => [
  ...options.map(({ names }) => names),
  ...commands.flatMap(optionsIn),
];
