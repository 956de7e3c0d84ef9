import { z } from "zod";
import { object } from "../../modules/values/fields";

/** The parts of a repository's name that a pattern can contain. */
export const namePlaceholders = ["{project}", "{environment}", "{name}"] as const;

/** What repositories are called without `naming`. */
export const defaultRepositoryPattern = "{project}-{environment}-{name}";

const advice = `use ${namePlaceholders.join(", ")} and lowercase letters, digits and ._-/, for example "{project}/{environment}/{name}"`;

/** Why a pattern is refused, as "rule; remedy"; `undefined` when it is valid. */
export function repositoryPatternProblem(pattern: string): string | undefined {
  const placeholders = pattern.match(/\{[^{}]*\}/g) ?? [];
  const known: readonly string[] = namePlaceholders;
  const unknown = placeholders.filter((placeholder) => !known.includes(placeholder));
  if (unknown.length > 0)
    return `a pattern has no placeholder ${[...new Set(unknown)].join(", ")}; ${advice}`;
  if (!/^[a-z0-9._/-]*$/.test(pattern.replace(/\{[^{}]*\}/g, "")))
    return `a pattern has other characters than a repository name can have; ${advice}`;
  const names = placeholders.filter((placeholder) => placeholder === "{name}").length;
  if (names !== 1)
    return `a pattern contains {name} exactly once, and this one ${names === 0 ? "does not" : `has it ${names} times`}; ${advice}`;
  return undefined;
}

/** How the names of repositories are built. */
export const NamingOptions = object({
  repository: z
    .string({ error: `this must be a pattern for the names of repositories; ${advice}` })
    .superRefine((pattern, context) => {
      const message = repositoryPatternProblem(pattern);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .default(defaultRepositoryPattern)
    .describe(
      'Pattern for the names of repositories, public repositories and the prefixes of pull-through caches, with `{project}`, `{environment}` and `{name}`, the short name. `"{name}"` alone uses the short names as they are. If the text before `{name}` ends with `-`, `_`, `.` or `/`, every name that starts with it belongs to the environment. Changing the pattern replaces existing repositories.',
    ),
})
  .prefault({})
  .describe("How the names of repositories are built.");
