import { Command, CommanderError } from "commander";
import { parsePlanArguments } from "../../../scripts/plan/arguments";
import {
  parseDeployArguments,
  parseDestroyArguments,
  parseDiffArguments,
  parseImportArguments,
  parseSynthArguments,
} from "../../../scripts/runner/arguments";

/** The scripts whose command line has a parser of its own. */
export const parsers: Readonly<Record<string, (argv: readonly string[]) => unknown>> = {
  deploy: parseDeployArguments,
  destroy: parseDestroyArguments,
  diff: parseDiffArguments,
  imports: parseImportArguments,
  plan: parsePlanArguments,
  synth: parseSynthArguments,
};

/** A parsed command line. */
export interface Parsed {
  /** The command that it runs, e.g. `["lifecycle", "preview"]`; empty for a script without subcommands. */
  readonly path: readonly string[];
  /** What is wrong with it, as a user reads it; `undefined` if nothing is. */
  readonly error?: string;
}

/**
 * Parse a command line as the script does, without doing what it says.
 *
 * @param load imports the program of the script
 */
export async function parsedCommand(
  script: string,
  args: readonly string[],
  load: () => Promise<unknown>,
): Promise<Parsed> {
  const parser = parsers[script];
  if (parser !== undefined) return withoutParser(() => parser(["node", script, ...args]));
  const program = await programOf(script, load);
  const path: string[] = [];
  quiet(program, [], (found) => path.push(...found));
  try {
    await program.parseAsync(["node", script, ...args]);
    return { path };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.code === "commander.helpDisplayed" ? { path } : { path, error: error.message };
  }
}

const programs = new Map<string, Command>();

/** The program of a script, taken when it is about to parse its own command line. */
export async function programOf(script: string, load: () => Promise<unknown>): Promise<Command> {
  const known = programs.get(script);
  if (known !== undefined) return known;
  const parse = Command.prototype.parseAsync;
  try {
    const taken = new Promise<Command>((resolve) => {
      Command.prototype.parseAsync = function (this: Command) {
        resolve(this);
        return new Promise(() => undefined);
      };
    });
    await load();
    const program = await taken;
    programs.set(script, program);
    return program;
  } finally {
    Command.prototype.parseAsync = parse;
  }
}

/** Let a command and its subcommands do nothing, print nothing and throw what is wrong. */
function quiet(command: Command, path: readonly string[], run: (path: readonly string[]) => void): void {
  command.exitOverride((error) => {
    throw error;
  });
  command.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  if (command.commands.length === 0) command.action(() => run(path));
  for (const subcommand of command.commands) quiet(subcommand, [...path, subcommand.name()], run);
}

/** These end the process when something is wrong, after they have written why. */
function withoutParser(parse: () => unknown): Parsed {
  const { exit, exitCode } = process;
  const write = process.stderr.write;
  let written = "";
  process.exit = () => {
    throw new Error(written.trim());
  };
  process.stderr.write = (text: string | Uint8Array) => {
    written += text.toString();
    return true;
  };
  try {
    parse();
    return { path: [] };
  } catch (error) {
    return { path: [], error: (error as Error).message };
  } finally {
    Object.assign(process, { exit, exitCode });
    process.stderr.write = write;
  }
}

/** The command that a script parses its command line with. */
export function commandOf(script: string, load: () => Promise<unknown>): Promise<Command> {
  const parse = parsers[script];
  return parse === undefined
    ? programOf(script, load)
    : Promise.resolve(commandIn(() => parse(["node", script])));
}

/** The command that a parser makes, taken when it is about to parse. */
function commandIn(parse: () => unknown): Command {
  const original = Command.prototype.parse;
  const taken: Command[] = [];
  Command.prototype.parse = function (this: Command) {
    taken.push(this);
    throw new Error("taken");
  };
  try {
    parse();
  } catch (error) {
    if (taken[0] === undefined) throw error;
  } finally {
    Command.prototype.parse = original;
  }
  const [command] = taken;
  if (command === undefined) throw new Error("it parses nothing");
  return command;
}
