import { distance } from "fastest-levenshtein";

/** Removes case, `_` and `-`, so that `image_tag_mutability` matches `imageTagMutability`. */
const normalize = (word: string): string => word.toLowerCase().replace(/[_-]/g, "");

/**
 * `did you mean "x"?` when a known word is close; `undefined` otherwise. Close means that at most a third of the
 * letters differ. Of two equally close words, the one with the same first letter wins.
 */
export function suggest(word: unknown, known: readonly string[]): string | undefined {
  if (typeof word !== "string") return undefined;
  const sameStart = (other: string) => normalize(other)[0] === normalize(word)[0];
  const [nearest] = known
    .map((other) => ({ other, edits: distance(normalize(word), normalize(other)) }))
    .toSorted((a, b) => a.edits - b.edits || Number(sameStart(b.other)) - Number(sameStart(a.other)));
  return nearest !== undefined && nearest.edits <= Math.max(1, nearest.other.length / 3)
    ? `did you mean "${nearest.other}"?`
    : undefined;
}
