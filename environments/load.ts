import type { Definition } from "./environment";
import { environmentNamePattern } from "./options/environment";
import type { Environment } from "./plan/environment";
import { acrossEnvironments } from "./rules/across/environments";
import { ConfigurationError, type Problem } from "./schema/problem";

/**
 * Load every environment and check all rules: those within each file and those across files.
 *
 * @param definitions the export of each file by the file's path, e.g. `{ "environments/dev.ts": dev }`
 * @param providerVersion version of the AWS provider, to reject features that it does not support
 * @param unlisted problems of files that `definitions` lacks: see scripts/environment-files/unlisted-environments.ts
 * @throws ConfigurationError with every problem found. The rules across files check only the files that have no
 *   problems themselves.
 */
export function loadEnvironments(
  definitions: Readonly<Record<string, Definition>>,
  providerVersion?: string,
  unlisted: readonly Problem[] = [],
): Environment[] {
  const problems: Problem[] = [...unlisted];
  const environments: Environment[] = [];
  const names: string[] = [];
  for (const [file, definition] of Object.entries(definitions)) {
    const { name } = definition.ok ? definition.environment : definition;
    if (definition.ok) environments.push({ ...definition.environment, file });
    else problems.push(...definition.problems.map((problem) => ({ ...problem, file })));
    names.push(typeof name === "string" ? name : nameInPath(file));
    // The schema reports a malformed name.
    if (typeof name === "string" && environmentNamePattern.test(name) && name !== nameInPath(file))
      problems.push({ file, path: ["name"], found: name, advice: fileNameAdvice(file, name, definitions) });
  }
  problems.push(...acrossEnvironments(environments, names, providerVersion));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return environments;
}

/** The environment that a file is named after: `prod` for `environments/prod.ts`. */
const nameInPath = (file: string): string => file.replace(/^.*\//, "").replace(/\.ts$/, "");

function fileNameAdvice(
  file: string,
  name: string,
  definitions: Readonly<Record<string, Definition>>,
): string {
  const expected = file.replace(/[^/]*$/, `${name}.ts`);
  return Object.hasOwn(definitions, expected)
    ? `a file must be named after its environment, and ${expected} already exists; use "${nameInPath(file)}"`
    : `a file must be named after its environment; rename the file to ${expected} or change the name`;
}
