/**
 * Call a function for a value and for everything in it, at any depth. An object comes before what it contains. Circular
 * references are not followed.
 *
 * @param visit gets the value and its path. The path is one list that changes from call to call, so copy it to keep it.
 */
export function visitValues(
  value: unknown,
  visit: (value: unknown, path: readonly PropertyKey[]) => void,
): void {
  const path: PropertyKey[] = [];
  const parents: object[] = [];
  const visitInside = (one: unknown): void => {
    visit(one, path);
    if (typeof one !== "object" || one === null || parents.includes(one)) return;
    parents.push(one);
    for (const key of Object.keys(one)) {
      path.push(Array.isArray(one) ? Number(key) : key);
      visitInside((one as Record<string, unknown>)[key]);
      path.pop();
    }
    parents.pop();
  };
  visitInside(value);
}
