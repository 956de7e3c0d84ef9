/**
 * Patterns of image tags as lifecycle rules have them: `*` stands for any run of characters, everything else for
 * itself, and the whole tag must match. So a pattern without `*` is one tag.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */

/** What a tag looks like. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/** Whether some tag matches the pattern: it may hold nothing that no tag holds, and must not be too long. */
export function matchesSomeTag(pattern: string): boolean {
  // The shortest matching text is the pattern without its wildcards. A leading one may stand for a letter.
  const literal = pattern.replaceAll("*", "");
  return tagPattern.test(literal) || (pattern.startsWith("*") && tagPattern.test(`a${literal}`));
}

/** A pattern made ready for many texts: tells whether a text matches it, in time linear in the text for each `*`. */
export function patternMatcher(pattern: string): (text: string) => boolean {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (tail === undefined) return (text) => text === pattern;
  const middle = rest.filter((part) => part !== "");
  // Most patterns that people write are of this kind.
  if (tail === "" && middle.length === 0) return (text) => text.startsWith(head);
  return (text) => {
    const end = text.length - tail.length;
    if (end < head.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
    let from = head.length;
    for (const part of middle) {
      const found = text.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
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
 * A wildcard of the narrow pattern stands for text that the wide one cannot know, so only a wildcard can take it: the
 * wide pattern must match the narrow one with a character in the place of each `*` that is in neither.
 */
export function coversPattern(wide: string, narrow: string): boolean {
  return matchesPattern(wide, narrow.replaceAll("*", "\0"));
}
