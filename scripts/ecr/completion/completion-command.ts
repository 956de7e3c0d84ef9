import { Argument, Command, InvalidArgumentError } from "commander";
import { addressedRepositories } from "../../../environments/plan/repository-addresses";
import { ConfigurationError } from "../../../environments/schema/problem";
import { listedProject } from "../../environment-files/listed-project";
import { helpText, type VerbHelp, writeResult } from "../verb";
import { bashScript } from "./bash";
import { completedCommand, type KnownValues } from "./command-tree";
import type { CompletionScript } from "./completion-script";
import { fishScript } from "./fish";
import { zshScript } from "./zsh";

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } satisfies Record<
  string,
  (script: CompletionScript) => string
>;

const help: VerbHelp = {
  notes: `Prints a function that runs npm run --silent ecr -- from any folder, and what completes its commands, options and values:
also the names of the environments, repositories and Regions in the environment files. Needs no credentials.
Run it when a shell starts, and it is never out of date:
  bash  eval "$(npm --prefix <this folder> run --silent ecr -- completion bash)"    in ~/.bashrc
  zsh   eval "$(npm --prefix <this folder> run --silent ecr -- completion zsh)"     in ~/.zshrc
  fish  npm --prefix <this folder> run --silent ecr -- completion fish | source     in ~/.config/fish/config.fish
File names are relative to the folder of the project.`,
  exitCodes: { 0: "the script is printed", 1: "there is no such shell" },
  examples: ["bash", "zsh --name registry"],
  silent: true,
};

/** `completion`: a shell's completion of the program that the command is in. */
export function completionCommand(): Command {
  return new Command("completion")
    .description("Print a script that completes these commands in a shell.")
    .addArgument(new Argument("<shell>", "the shell").choices(Object.keys(scripts)))
    .option("--name <name>", "name of the function", functionName, "ecr")
    .option("--json", "print what can be completed as JSON")
    .addHelpText("after", helpText("completion", help))
    .action((shell: keyof typeof scripts, options: { name: string; json?: boolean }, command: Command) => {
      const program = completedCommand(command.parent ?? command, knownValues());
      const script = { name: options.name, folder: process.cwd(), program };
      writeResult(options, program, () => scripts[shell](script));
    });
}

/** What the environment files have; nothing if they have problems, which other commands report. */
function knownValues(): KnownValues {
  try {
    const { environments } = listedProject();
    const all = environments.flatMap(addressedRepositories);
    const unique = (values: readonly string[]) => [...new Set(values)];
    const repositories = unique(all.map(({ repository }) => repository));
    return {
      "--env": environments.map(({ name }) => name),
      "--repository": repositories,
      "--region": unique(all.map(({ region }) => region)),
      "--to": unique(all.filter(({ kind }) => kind === "replica").map(({ region }) => region)),
    };
  } catch (error) {
    if (error instanceof ConfigurationError) return {};
    throw error;
  }
}

function functionName(value: string): string {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(value)) return value;
  throw new InvalidArgumentError(
    "A name has letters, digits and underscores, and does not start with a digit.",
  );
}
