/**
 * Names of the rules for several patterns, and the ends of their construct IDs. The first has none, so that further patterns
 * change no address.
 */
export function numberedRules(
  ruleName: string,
  patterns: readonly string[],
): { readonly end: string; readonly name: string; readonly eventPattern: string }[] {
  return patterns.map((eventPattern, index) => ({
    eventPattern,
    end: index === 0 ? "" : `_${index + 1}`,
    name: index === 0 ? ruleName : `${ruleName}-${index + 1}`,
  }));
}
