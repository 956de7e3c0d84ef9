import type { Definition, Environment } from "./environment";
import { environmentNamePattern } from "./options/environment";
import { policyLengthProblems } from "./plan/access";
import { providerVersionProblems } from "./plan/provider-version";
import { acrossEnvironments } from "./rules/across/environments";
import { ConfigurationError, type Problem } from "./schema/problem";

/**
 * All environments, once every rule holds: those of each file and those between files.
 *
 * @param definitions what each file exports, by the file's path, e.g. `{ "environments/dev.ts": dev }`
 * @param providerVersion version of the AWS provider in force, to refuse what it does not have
 * @throws ConfigurationError with every problem found. The rules between files are judged over the files that are
 *   right by themselves.
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
    else problems.push(...definition.findings.map((finding) => ({ ...finding, file })));
    names.push(typeof name === "string" ? name : nameOf(file));
    // A name that breaks its own rule is reported by that.
    if (typeof name === "string" && environmentNamePattern.test(name) && name !== nameOf(file))
      problems.push({ file, path: ["name"], found: name, advice: misnamed(file, name, definitions) });
  }
  problems.push(...environments.flatMap(policyLengthProblems), ...acrossEnvironments(environments, names));
  if (providerVersion !== undefined) problems.push(...providerVersionProblems(environments, providerVersion));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return environments;
}

/** The name of the environment that a file is named after: `prod` of `environments/prod.ts`. */
const nameOf = (file: string): string => file.replace(/^.*\//, "").replace(/\.ts$/, "");

function misnamed(file: string, name: string, definitions: Readonly<Record<string, Definition>>): string {
  const meant = file.replace(/[^/]*$/, `${name}.ts`);
  return Object.hasOwn(definitions, meant)
    ? `the file is named after its environment, and ${meant} is another one; write "${nameOf(file)}"`
    : `the file is named after its environment; rename one of them (${meant})`;
}
