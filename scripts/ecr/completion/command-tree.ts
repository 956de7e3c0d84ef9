import type { Command, Option } from "commander";

/** What an option takes: nothing, a file, one of some values, or a text that nobody can guess. */
export type OptionValue = "none" | "file" | "text" | readonly string[];

/** An option, as a shell completes it. */
export interface CompletedOption {
  /** E.g. `--env` and `-e`. */
  readonly names: readonly string[];
  readonly description: string;
  readonly value: OptionValue;
}

/** A command with its subcommands, as a shell completes it. */
export interface CompletedCommand {
  /** Names from the program's subcommand on, with slashes before them: `/lifecycle/preview`; empty for the program. */
  readonly path: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly commands: readonly CompletedCommand[];
  /** Values of the first argument. */
  readonly values: readonly string[];
}

/** Values of options whose choices are in the environment files, by their long names, e.g. `--env`. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

/**
 * Everything that a shell can complete of a program: read from the program itself, so that nothing is left out.
 *
 * @param path that of the command; empty for the program
 */
export function completedCommand(command: Command, known: KnownValues, path = ""): CompletedCommand {
  const help = command.createHelp();
  return {
    path,
    description: firstSentence(command.description()),
    options: help.visibleOptions(command).map((option) => completedOption(option, known)),
    commands: help
      .visibleCommands(command)
      .map((one) => completedCommand(one, known, `${path}/${one.name()}`)),
    values: command.registeredArguments[0]?.argChoices ?? [],
  };
}

function completedOption(option: Option, known: KnownValues): CompletedOption {
  const { long, short, description, required, optional, argChoices } = option;
  const value = (): OptionValue => {
    if (!required && !optional) return "none";
    if (argChoices !== undefined) return argChoices;
    const values = known[long ?? ""];
    if (values !== undefined) return values;
    return /<[^>]*(?:file|folder)[^>]*>/.test(option.flags) ? "file" : "text";
  };
  return {
    names: [long, short].filter((name) => name !== undefined),
    description: firstSentence(description),
    value: value(),
  };
}

const firstSentence = (text: string): string => text.split(/(?<=\.)\s(?=[A-Z])|\n/)[0] ?? "";

/** A command and all below it. */
export const withSubcommands = (command: CompletedCommand): CompletedCommand[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];
