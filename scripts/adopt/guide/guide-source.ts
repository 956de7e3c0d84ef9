import type { Problem } from "../../../environments/schema/problem";
import { CommandError } from "../../runner/command";
import type { Source } from "../adopt-into";
import { InputReader } from "../hcl/input-reader";
import type { Dictionary, Place } from "../hcl/value";
import { entryOf } from "../hcl/value";
import { inOrder, type Note, noteLine } from "../note";
import type { RegistryPlace } from "./repository";
import { guideVariables } from "./variables";

/**
 * What variables in the guide's format say.
 *
 * @throws CommandError when there is none in the files
 */
export function guideSource(
  files: readonly string[],
  variables: Dictionary,
  given: RegistryPlace,
): Omit<Source, "next"> {
  const notes: Note[] = [];
  const input = new InputReader(variables, "", notes);
  const adopted = guideVariables(input, given, notes);
  if (![...variables.entries.keys()].some((key) => key.startsWith("ecr_") && input.has(key)))
    throw new CommandError(
      [
        ...inOrder(notes).map(noteLine),
        `${files.join(", ")}: no variable of the ECR guide has a value in it; set ecr_repositories to a map of repositories. Nothing was written.`,
      ].join("\n"),
    );
  return { adopted, notes, placeOf: (problem) => placeOf(problem, variables) };
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Where an option of `ecr` is written in the variables. */
function placeOf({ path }: Problem, variables: Dictionary): Place | undefined {
  const [section, option, name, inner] = path.map(String);
  if (section !== "ecr" || option === undefined) return undefined;
  if (option !== "repositories") return variables.entries.get(`ecr_${snakeCase(option)}`)?.place;
  const repository = entryOf(variables.entries.get("ecr_repositories")?.value, name ?? "");
  return (
    (inner === undefined ? undefined : entryOf(repository?.value, snakeCase(inner))?.place) ??
    repository?.place
  );
}
