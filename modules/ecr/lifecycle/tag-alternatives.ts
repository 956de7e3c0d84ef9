import { matchesPattern } from "./tag-pattern";

/** What an entry of a tag list names. An image usually has at most one tag that names each kind. */
type TagKind = "one tag" | "version" | "commit" | "build" | "name";

const kinds: readonly (readonly [TagKind, RegExp])[] = [
  ["version", /^(?:v|ver|version|rel|release|rc)?[-_.]?\d|^(?:v|ver|version|rel|release|rc)(?:[-_.]|$)/],
  ["commit", /^(?:sha|git|commit|rev)(?:[-_.]|$)/],
  ["build", /^(?:build|run|job|ci)(?:[-_.]|$)/],
];

/** The kind of a pattern. Without a wildcard it is a single tag, which only one image can have. */
function kindOf(pattern: string): TagKind {
  if (!pattern.includes("*")) return "one tag";
  const words = pattern
    .replace(/^[*._-]+/, "")
    .replaceAll("*", "")
    .toLowerCase();
  return kinds.find(([, expression]) => expression.test(words))?.[0] ?? "name";
}

/**
 * Two patterns that tags of one image hardly ever match together, because they name alternatives: environments, branches,
 * versions, architectures. ECR requires a match for each entry of a list, so their rule selects next to nothing.
 *
 * Patterns of different kinds, such as a version and a commit, often belong to one image. So do patterns that one tag can
 * match both.
 *
 * @returns indexes of the first two such patterns; `undefined` if there are none
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html#lp_tag_pattern_list
 */
export function alternativesIn(patterns: readonly string[]): readonly [number, number] | undefined {
  for (const [second, other] of patterns.entries())
    for (const [first, pattern] of patterns.slice(0, second).entries())
      if (kindOf(pattern) === kindOf(other) && !someTagMatchesBoth(pattern, other)) return [first, second];
  return undefined;
}

/** Whether one tag can match both patterns. With a wildcard in both, only what stands before and after matters. */
export function someTagMatchesBoth(a: string, b: string): boolean {
  if (!a.includes("*")) return matchesPattern(b, a);
  if (!b.includes("*")) return matchesPattern(a, b);
  const before = (pattern: string) => pattern.slice(0, pattern.indexOf("*"));
  const after = (pattern: string) => pattern.slice(pattern.lastIndexOf("*") + 1);
  const [headA, headB, tailA, tailB] = [before(a), before(b), after(a), after(b)];
  return (
    (headA.startsWith(headB) || headB.startsWith(headA)) && (tailA.endsWith(tailB) || tailB.endsWith(tailA))
  );
}
