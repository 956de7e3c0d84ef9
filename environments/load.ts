import type { Definition } from "./environment";
import { environmentNamePattern } from "./options/environment";
import type { Environment } from "./plan/environment";
import { acrossEnvironments } from "./rules/across/environments";
import { ConfigurationError, type Problem } from "./schema/problem";

/**
 * Every environment, once all rules hold: those of each file and those between files.
 *
 * @param definitions what each file exports, by the file's path, e.g. `{ "environments/dev.ts": dev }`
 * @param providerVersion version of the AWS provider, to refuse features that it lacks
 * @throws ConfigurationError with every problem found. The rules between files only see files without problems of
 *   their own.
 */
export function loadEnvironments(
  definitions: Readonly<Record<string, Definition>>,
  providerVersion?: string,
): Environment[] {
  const problems: Problem[] = [];
  const environments: Environment[] = [];
  const names: string[] = [];
  for (const [file, definition] of Object.entries(definitions)) {
    const { name } = definition.ok ? definition.environment : definition;
    if (definition.ok) environments.push({ ...definition.environment, file });
    else problems.push(...definition.problems.map((problem) => ({ ...problem, file })));
    names.push(typeof name === "string" ? name : nameInPath(file));
    // A name with the wrong form is reported by its shape.
    if (typeof name === "string" && environmentNamePattern.test(name) && name !== nameInPath(file))
      problems.push({ file, path: ["name"], found: name, advice: misnamed(file, name, definitions) });
  }
  problems.push(...acrossEnvironments(environments, names, providerVersion));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return environments;
}

/** The environment that a file is named after: `prod` for `environments/prod.ts`. */
const nameInPath = (file: string): string => file.replace(/^.*\//, "").replace(/\.ts$/, "");

function misnamed(file: string, name: string, definitions: Readonly<Record<string, Definition>>): string {
  const expected = file.replace(/[^/]*$/, `${name}.ts`);
  return Object.hasOwn(definitions, expected)
    ? `a file is named after its environment, and ${expected} exists already; write "${nameInPath(file)}"`
    : `a file is named after its environment; rename one of them (${expected})`;
}
