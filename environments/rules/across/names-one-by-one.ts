import type { Environment } from "../../plan/environment";
import { nameStart, ownNames } from "../../plan/repository-names";
import type { Problem } from "../../schema/problem";

/**
 * A policy that is too long because it has the ARNs of single repositories, where others have one pattern; `undefined` if it
 * has none.
 */
export function namesProblem(environment: Environment) {
  const { file, naming } = environment;
  const { names } = ownNames(environment);
  if (names.length === 0) return undefined;
  const start = nameStart(environment);
  return (policy: string, length: number, atMost: number): Problem => ({
    file,
    path: ["naming", "repository"],
    found: naming.repository,
    advice: `${policy} names ${names.length} ${names.length === 1 ? "repository" : "repositories"} one by one, because ${start === undefined ? "the pattern has no start that ends with a separator before {name}" : `their names do not start with "${start}"`}; it would have ${length} characters, and IAM allows ${atMost}. Use names that start alike, and a pattern with that start`,
  });
}
