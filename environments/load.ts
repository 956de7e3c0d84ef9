import { acrossEnvironments } from "./cross-environment-rules";
import type { Definition, Environment } from "./environment";
import { ConfigurationError, type Problem } from "./problem";
import { providerVersionProblems } from "./provider-version";
import { policyLengthProblems } from "./repository-access";

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
  for (const [file, definition] of Object.entries(definitions)) {
    const name = definition.ok ? definition.environment.name : definition.name;
    if (definition.ok) environments.push({ ...definition.environment, file });
    else problems.push(...definition.findings.map((finding) => ({ ...finding, file })));
    if (typeof name === "string" && !file.endsWith(`/${name}.ts`))
      problems.push({
        file,
        path: ["name"],
        found: name,
        advice: `the file is named after its environment; rename one of them (environments/${name}.ts)`,
      });
  }
  problems.push(...environments.flatMap(policyLengthProblems), ...acrossEnvironments(environments));
  if (providerVersion !== undefined) problems.push(...providerVersionProblems(environments, providerVersion));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return environments;
}
