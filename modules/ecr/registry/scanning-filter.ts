import { patternMatcher } from "../lifecycle/tag-pattern";

/** AWS's limit on the length of a filter, in characters. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ScanningRepositoryFilter.html */
export const maxFilterLength = 255;

/**
 * Whether a scanning filter matches a name. Without `*`, the name must contain it. With `*`, it is a pattern for the
 * whole name in which `*` matches any run of characters.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
export function matchesScanningFilter(filter: string, name: string): boolean {
  return filter.includes("*") ? patternMatcher(filter)(name) : name.includes(filter);
}

/**
 * A filter that matches a name and none of the others.
 *
 * A `*` that matches nothing turns the filter into a pattern for the whole name. It goes to the front or, if that
 * matches another name, to the first place that matches none: after a separator, at the end, or anywhere. AWS rejects
 * two separators in a row, so another `*` always goes between them. If the name is too long for this, the first `*`
 * replaces as many characters as necessary.
 *
 * @returns no filter and, in `caught`, the other names that are matched, when every place matches one
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
