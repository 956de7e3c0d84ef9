/**
 * Whether two JSON values are the same to AWS: the keys of objects and the elements of lists have no order, equal elements
 * count once, and a list of one is its element.
 */
export const sameValue = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const elements = [...new Set(value.map(canonical))].toSorted();
    return elements.length === 1 ? (elements[0] ?? "") : `[${elements.join()}]`;
  }
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
      .toSorted()
      .join()}}`;
  return JSON.stringify(value ?? null);
}
