import type { RepositoryInput } from "../environment-input";
import type { FoundRepository } from "../found/found-registry";
import type { InputReader } from "../hcl/input-reader";
import { plain } from "../hcl/value";

/** What a call of a module makes: the same settings for each name. */
export interface ModuleRepositories {
  readonly names: readonly string[];
  readonly settings: Omit<FoundRepository, "name" | "further">;
  /** Options besides the settings of a repository. */
  readonly further: RepositoryInput;
}

/** Reads the inputs of one call. @param accountId of the environment, if it is known */
export type ModuleReader = (input: InputReader, accountId: string | undefined) => ModuleRepositories;

/** A JSON text, or an object that jsonencode made of one. */
export function json(input: InputReader, key: string): string | undefined {
  const value = input.value(key);
  const found = value && plain(value);
  if (found === undefined || found === "") return undefined;
  return typeof found === "string" ? found : JSON.stringify(found);
}

export function tagsOf(input: InputReader, key = "tags"): Record<string, string> {
  const value = input.value(key);
  return value?.kind === "object" ? (plain(value) as Record<string, string>) : {};
}

const isRole = (arn: string): boolean => /^arn:[a-z-]+:iam::\d{12}:role\//.test(arn);

/** Roles of several inputs. Other principals are noted. */
export function roles(input: InputReader, ...keys: readonly string[]): string[] {
  return [
    ...new Set(
      keys.flatMap((key) => {
        const arns = input.texts(key) ?? [];
        if (arns.length > 0)
          input.note(
            "choice",
            key,
            "the module writes statements of its own for these; this project writes its own statements for roles. To keep the policy as it is, adopt the state",
          );
        if (arns.some((arn) => !isRole(arn)))
          input.note("loss", key, "only roles are taken; declare the others in repositoryPolicyStatements");
        return arns.filter(isRole);
      }),
    ),
  ];
}

export const listed = <T>(items: readonly T[]): readonly T[] | undefined =>
  items.length > 0 ? items : undefined;
