import { matchesPattern } from "../lifecycle/tag-pattern";

/** The four tag mutability modes of a repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html */
export const tagMutabilities = [
  "MUTABLE",
  "IMMUTABLE",
  "MUTABLE_WITH_EXCLUSION",
  "IMMUTABLE_WITH_EXCLUSION",
] as const;

export type TagMutability = (typeof tagMutabilities)[number];

/** Whether a mode supports exclusion filters. These modes need AWS provider 6.8.0. */
export function takesExclusionFilters(mode: TagMutability): boolean {
  return mode.endsWith("_WITH_EXCLUSION");
}

/** Whether a repository in this mode allows a tag to be moved to another image. */
export function tagMayMove(tag: string, mode: TagMutability, exclusionFilters: readonly string[]): boolean {
  const excluded = exclusionFilters.some((filter) => matchesPattern(filter, tag));
  if (mode === "IMMUTABLE_WITH_EXCLUSION") return excluded;
  if (mode === "MUTABLE_WITH_EXCLUSION") return !excluded;
  return mode === "MUTABLE";
}

/** Maximum number of filters for each repository (AWS API). */
export const maxExclusionFilters = 5;

/**
 * Why a filter is rejected, as "rule; remedy"; `undefined` when it is valid.
 *
 * 1 to 128 characters of `[0-9a-zA-Z._*-]` (AWS API), at most two `*` (checked by the AWS provider).
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/43642
 */
export function exclusionFilterProblem(filter: string): string | undefined {
  if (!/^[0-9a-zA-Z._*-]{1,128}$/.test(filter))
    return 'a filter has 1 to 128 letters, digits, ".", "_", "-" or "*"; use a tag or a pattern such as "dev-*"';
  if ((filter.match(/\*/g) ?? []).length > 2)
    return "a filter may contain at most two *; split it into several";
  return undefined;
}
