import type { CompletedCommand, CompletedOption } from "./command-tree";

/** A function that starts the program, and what completes it. */
export interface CompletionScript {
  /** Name of the function, e.g. `ecr`. */
  readonly name: string;
  /** Folder of the project. */
  readonly folder: string;
  readonly program: CompletedCommand;
}

/** A text that a POSIX shell reads as it is. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The names that can come next. */
export const wordsAt = ({ options, commands, values }: CompletedCommand): string[] => [
  ...commands.map(({ path }) => lastName(path)),
  ...values,
  ...options.flatMap(({ names }) => names),
];

/** Name of a command without those above it. */
export const lastName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Whether something comes after an option. */
export const takesValue = ({ value }: CompletedOption): boolean => value !== "none";
