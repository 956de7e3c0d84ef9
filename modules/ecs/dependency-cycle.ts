/**
 * Containers that wait for each other in a circle, in the order of waiting; `undefined` if there are none. A name that has no
 * entry waits for nothing.
 *
 * @param waitsFor the containers that each one waits for
 */
export function dependencyCycle(
  waitsFor: Readonly<Record<string, readonly string[]>>,
): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): readonly string[] | undefined => {
    const start = way.indexOf(name);
    if (start !== -1) return way.slice(start);
    if (done.has(name)) return undefined;
    const next = Object.hasOwn(waitsFor, name) ? (waitsFor[name] ?? []) : [];
    for (const other of next) {
      const cycle = visit(other, [...way, name]);
      if (cycle !== undefined) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of Object.keys(waitsFor)) {
    const cycle = visit(name, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
