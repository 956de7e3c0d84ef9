/**
 * Patterns of image tags in lifecycle rules: `*` matches any run of characters, everything else matches itself, and the
 * whole tag must match. So a pattern without `*` is a single tag.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */

/** Format of a tag. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/** Whether some tag matches the pattern: all of its characters must be allowed in tags, and it must not be too long. */
export function matchesSomeTag(pattern: string): boolean {
  // The shortest match is the pattern without its wildcards. A leading wildcard may match a letter.
  const literal = pattern.replaceAll("*", "");
  return tagPattern.test(literal) || (pattern.startsWith("*") && tagPattern.test(`a${literal}`));
}

/** A compiled pattern: tells whether a text matches, in time linear in the text for each `*`. */
export function patternMatcher(pattern: string): (text: string) => boolean {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (tail === undefined) return (text) => text === pattern;
  const middle = rest.filter((part) => part !== "");
  // Most patterns in practice are of this kind.
  if (tail === "" && middle.length === 0) return (text) => text.startsWith(head);
  return (text) => {
    const end = text.length - tail.length;
    if (!text.startsWith(head) || !text.endsWith(tail)) return false;
    let from = head.length;
    for (const part of middle) {
      const found = text.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
    // What the head and the parts match, and what the tail matches, may not overlap.
    return from <= end;
  };
}

/** Whether a text matches a pattern. */
export function matchesPattern(pattern: string, text: string): boolean {
  return patternMatcher(pattern)(text);
}

/**
 * Whether every tag that matches the narrow pattern also matches the wide one.
 *
 * A wildcard of the narrow pattern matches text that the wide one cannot know, so only a wildcard can match it: the
 * wide pattern must match the narrow one with each `*` replaced by a character that is in neither.
 */
export function coversPattern(wide: string, narrow: string): boolean {
  return matchesPattern(wide, narrow.replaceAll("*", "\0"));
}
