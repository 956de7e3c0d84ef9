import { suggest } from "../../modules/values/suggestion";
import { CommandError } from "./command";

/**
 * The error when a command line names something that does not exist. It suggests the name that was probably meant, or lists
 * all names.
 *
 * @param kind what was named, e.g. `service`
 * @param where where it was looked for, e.g. the name of an environment
 * @param known the names that exist
 * @param ifNone what to do if there are none. @default - there is always one
 */
export function noSuchName(
  kind: string,
  name: string,
  where: string,
  known: readonly string[],
  ifNone = "",
): CommandError {
  const remedy = known.length > 0 ? `choose from ${known.join(", ")}` : ifNone;
  return new CommandError(`There is no ${kind} "${name}" in ${where}; ${suggest(name, known) ?? remedy}`);
}
