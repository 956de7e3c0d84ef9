import bindings from "@cdktf/provider-aws/package.json";
import { takesExclusionFilters } from "../modules/ecr/tag-mutability";
import type { Environment } from "./environment";
import type { Problem } from "./problem";

/** Name of the CDKTF context value that replaces the pinned version of the AWS provider. */
export const contextKey = "awsProviderVersion";

/**
 * The version of the AWS provider that every stack asks for: the one that the bindings were made from, unless the
 * CDKTF context holds another (for mirrors and tests).
 *
 * @param context `context` of cdktf.json, or else the variable CDKTF_CONTEXT_JSON
 * @throws Error when the context value is not an exact version
 */
export function providerVersionIn(context: Readonly<Record<string, unknown>>): string {
  const version = context[contextKey] ?? bindings.cdktf.provider.version;
  if (typeof version !== "string" || !/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(
      `context ${contextKey}: found ${JSON.stringify(version)}; this must be an exact version, because features depend on it; write for example "6.25.0"`,
    );
  return version;
}

/** What environments use that the provider in force does not have. */
export function providerVersionProblems(environments: readonly Environment[], version: string): Problem[] {
  if (atLeast(version, "6.8.0")) return [];
  return environments.flatMap(({ file, ecr }) =>
    Object.entries(ecr.repositories)
      .filter(([, { imageTagMutability }]) => takesExclusionFilters(imageTagMutability))
      .map(
        ([name, { imageTagMutability }]): Problem => ({
          file,
          path: ["ecr", "repositories", name, "imageTagMutability"],
          found: imageTagMutability,
          advice: `exclusion filters need AWS provider 6.8.0 and version ${version} is in force; use IMMUTABLE or MUTABLE, or raise ${contextKey}`,
        }),
      ),
  );
}

function atLeast(version: string, minimum: string): boolean {
  return rank(version) >= rank(minimum);
}

/** Not `localeCompare`, which loads the collation rules: 10 ms at every start. */
function rank(version: string): number {
  return version.split(".").reduce((sum, part) => sum * 10_000 + Number(part), 0);
}
