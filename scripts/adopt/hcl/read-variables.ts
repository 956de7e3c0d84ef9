import { readFileSync } from "node:fs";
import { CommandError } from "../../runner/command";
import { evaluateBody, type Scope } from "./evaluate";
import { parseBody, SyntaxProblem } from "./syntax";
import { type Dictionary, type Entry, placed, type Unknown } from "./value";

/**
 * The variables of `.tfvars` and `.tfvars.json` files. Of several files, the last that sets a variable counts, as with
 * `-var-file`.
 *
 * @param given values of variables that no file sets, such as the name of the environment
 * @throws CommandError with every file that cannot be read, and the line
 * @see https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 */
export async function readVariables(
  files: readonly string[],
  given: Readonly<Record<string, string | undefined>> = {},
): Promise<Dictionary> {
  const entries = new Map<string, Entry>();
  const unknownKeys: Unknown[] = [];
  const problems: string[] = [];
  // A file of variables takes no references; those that are there anyway may be to other variables.
  const scope: Scope = (name, place) => {
    const variable = /^var\.([\w-]+)$/.exec(name)?.[1] ?? "";
    const value = given[variable];
    return entries.get(variable)?.value ?? (value === undefined ? undefined : placed(value, place));
  };
  for (const file of files) {
    try {
      const body = await parseBody(file, textOf(file));
      for (const [name, entry] of evaluateBody(body, scope).entries) entries.set(name, entry);
      const values = evaluateBody(body, scope);
      for (const { place, source, isReplaced } of values.unknownKeys)
        if (isReplaced)
          problems.push(
            `${file}:${place.line}: ${source} is set again on line ${values.entries.get(source)?.place.line}, and Terraform refuses such a file; keep one of them`,
          );
      for (const [name, entry] of values.entries) entries.set(name, entry);
      unknownKeys.push(...values.unknownKeys);
    } catch (error) {
      problems.push(problemOf(file, error));
    }
  }
  if (problems.length > 0) throw new CommandError(`${problems.join("\n")}\nNothing was written.`);
  return { kind: "object", place: { file: files[0] ?? "", line: 1 }, entries, unknownKeys };
}

/** The text of a file as HCL. JSON is HCL, but for `${` in texts, which is no expression there. */
function textOf(file: string): string {
  const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  if (!file.endsWith(".json")) return text;
  return text
    .replace(/([$%])\{/g, "$1$1{")
    .replace(/^\s*\{/, "")
    .replace(/\}\s*$/, "");
}

/** What is wrong with a file, in one line. */
export function problemOf(file: string, error: unknown): string {
  if (error instanceof SyntaxProblem) return `${error.place.file}:${error.place.line}: ${error.message}`;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return `${file}: there is no such file`;
  if (code !== undefined) return `${file}: cannot be read: ${message}`;
  throw error;
}
