import { readFileSync } from "node:fs";
import { CommandError } from "../runner/command";
import { interruptible } from "../runner/interruption";
import { type Answers, fileOf } from "./answers";
import { type FileText, writeBoth } from "./both-files";
import { constantName } from "./constant-name";
import { environmentList } from "./environment-list";
import { environmentText } from "./environment-text";
import type { Surroundings } from "./surroundings";
import { proveThatItSynthesizes } from "./synthesis-proof";

const listFile = "environments/all.ts";

/** The two files that add an environment. */
export interface NewEnvironment {
  readonly created: FileText;
  readonly list: FileText;
}

/** @throws CommandError when nobody can say where `environments/all.ts` lists its environments */
export function newEnvironment(answers: Answers, surroundings: Surroundings): NewEnvironment {
  const path = fileOf(answers.name);
  const list = environmentList(readFileSync(listFile, "utf8"));
  if (list === undefined)
    throw new CommandError(
      `${listFile} has no constant \`definitions\` that is an object; make it one, as in export const definitions = { "environments/dev.ts": dev }; nothing was written.`,
    );
  const constant = constantName(answers.name, list.names);
  return {
    created: { path, text: environmentText(answers, constant, surroundings) },
    list: { path: listFile, text: list.with(path, constant) },
  };
}

/**
 * Write the files, and let another process load the project and write its stacks. If it cannot, both files are as before.
 *
 * @throws CommandError with what the other process printed, or after a signal
 */
export async function addEnvironment({ created, list }: NewEnvironment): Promise<void> {
  await interruptible(
    async (signal) => {
      const undo = writeBoth(created, list);
      try {
        process.stderr.write(`Checking that the project synthesizes with ${created.path} …\n`);
        await proveThatItSynthesizes(
          signal,
          "The project with the new environment does not synthesize; both files are as they were.",
        );
      } catch (error) {
        undo();
        throw error;
      }
    },
    () => `${created.path} and ${list.path} are as they were.`,
  );
}
