import { type Answers, fileOf } from "./answers";
import { type FileText, writeBoth } from "./both-files";
import { constantName } from "./constant-name";
import { listFile, readEnvironmentList } from "./environment-list";
import { environmentText } from "./environment-text";
import type { Surroundings } from "./surroundings";
import { writeIfItSynthesizes } from "./synthesis-proof";

/** The two files that add an environment. */
export interface NewEnvironment {
  readonly created: FileText;
  readonly list: FileText;
}

/** @throws CommandError when nobody can say where `environments/all.ts` lists its environments */
export function newEnvironment(answers: Answers, surroundings: Surroundings): NewEnvironment {
  const path = fileOf(answers.name);
  const list = readEnvironmentList();
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
export function addEnvironment({ created, list }: NewEnvironment): Promise<void> {
  return writeIfItSynthesizes({
    path: created.path,
    write: () => writeBoth(created, list),
    refusal: "The project with the new environment does not synthesize; both files are as they were.",
    interrupted: `${created.path} and ${list.path} are as they were.`,
  });
}
