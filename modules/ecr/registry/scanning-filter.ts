import { patternMatcher } from "../lifecycle/tag-pattern";

/** AWS's limit. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ScanningRepositoryFilter.html */
export const maxFilterLength = 255;

/**
 * Whether a scanning filter matches a name: without `*` the name contains it, with `*` it is a pattern of the whole
 * name, where `*` stands for any run of characters.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
export function matchesScanningFilter(filter: string, name: string): boolean {
  return filter.includes("*") ? patternMatcher(filter)(name) : name.includes(filter);
}

/**
 * A filter that matches a name and none of the others.
 *
 * A `*` that stands for nothing makes the filter a pattern of the whole name. It stands at the front, or where that
 * matches another name, at the first place behind a separator, at the end, or wherever it matches none. AWS takes no two
 * separators in a row, so another `*` always stands between them. Where a name is too long for all that, the first `*`
 * takes the place of as many characters as there are too many.
 *
 * @returns `undefined` and, in `caught`, the others in the way when every place catches one
 */
export function filterForOne(
  name: string,
  others: readonly string[],
): { readonly filter: string } | { readonly filter?: undefined; readonly caught: readonly string[] } {
  const pairs = name.match(/[._/-](?=[._/-])/g)?.length ?? 0;
  const kept = Math.min(name.length, maxFilterLength - 1 - pairs);
  const candidates = Array.from({ length: kept + 1 }, (_, at) => ({
    filter: `${name.slice(0, at)}*${name.slice(name.length - kept + at)}`.replace(/[._/-](?=[._/-])/g, "$&*"),
    insideWord: at > 0 && at < kept && !"-_./".includes(name.charAt(at - 1)),
  }));
  const plainestFirst = candidates.toSorted(
    (a, b) => a.filter.length - b.filter.length || Number(a.insideWord) - Number(b.insideWord),
  );
  const caught = new Set<string>();
  for (const { filter } of plainestFirst) {
    const matches = patternMatcher(filter);
    const other = others.find(matches);
    if (other === undefined) return { filter };
    caught.add(other);
  }
  return { caught: [...caught].toSorted() };
}
