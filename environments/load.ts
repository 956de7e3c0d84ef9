import settings from "../cdktf.json";
import type { Definition } from "./environment";
import { environmentNamePattern } from "./options/environment";
import type { Environment } from "./plan/environment";
import { contextKey, providerVersionIn } from "./plan/provider-version";
import { acrossEnvironments } from "./rules/across/environments";
import { ConfigurationError, type Problem } from "./schema/problem";

/** CDKTF context by name. */
type Context = Readonly<Record<string, unknown>>;

/** Every environment, validated, and the context that the app is built with. */
export interface Project {
  readonly environments: readonly Environment[];
  /** With the AWS provider version under {@link contextKey}. */
  readonly context: Context;
}

/**
 * Load and validate every environment.
 *
 * @param definitions what each environment file exports, by the file's path
 * @param context @default - `context` of cdktf.json, or else the variable CDKTF_CONTEXT_JSON
 * @param unlisted problems of files that `definitions` lacks. @default - none
 * @throws ConfigurationError with every problem found
 */
export function loadProject(
  definitions: Readonly<Record<string, Definition>>,
  context: Context = cliContext(),
  unlisted: readonly Problem[] = [],
): Project {
  const version = providerVersionIn(context);
  return {
    environments: loadEnvironments(definitions, version, unlisted),
    context: { ...context, [contextKey]: version },
  };
}

/** The cdktf CLI does the same: `context` of cdktf.json replaces the variable. */
function cliContext(): Context {
  const { context }: { language: string; context?: Context } = settings;
  return context ?? JSON.parse(process.env["CDKTF_CONTEXT_JSON"] ?? "{}");
}

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
