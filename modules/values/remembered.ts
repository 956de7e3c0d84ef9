/**
 * A function that works out each result once.
 *
 * @param limit number of results to keep; when there are more, it forgets them all, so that memory stays bounded
 */
export function remembered<T>(limit: number, workOut: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined || results.has(text)) return known as T;
    const result = workOut(text);
    if (results.size >= limit) results.clear();
    results.set(text, result);
    return result;
  };
}
