type Json = Readonly<Record<string, unknown>>;

/**
 * The JSON of a stack as lines in an order of their own, with everything left out that may differ between two programs
 * that describe the same infrastructure: metadata (`//`) and the ids that CDKTF makes from construct paths.
 *
 * A reference to a resource becomes `<type>#<number>`, where the number is the resource's place among those of its
 * type, ordered by their attributes; so two references are the same when they mean the same resource.
 */
export function canonicalStack(stack: Json): string[] {
  const { "//": _, resource = {}, ...rest } = stack;
  const resources = Object.entries(resource as Record<string, Record<string, Json>>).flatMap(
    ([type, ofType]) => Object.entries(ofType).map(([id, attributes]) => ({ type, id, attributes })),
  );
  const withoutIds = new Map(resources.map(({ type, id }) => [`${type}.${id}`, type]));
  const order = resources
    .map(({ type, id, attributes }) => ({ type, id, text: canonical(attributes, withoutIds) }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1));
  const numbered = new Map<string, string>();
  const next = new Map<string, number>();
  for (const { type, id } of order) {
    const number = next.get(type) ?? 0;
    next.set(type, number + 1);
    numbered.set(`${type}.${id}`, `${type}#${number}`);
  }
  return [
    ...Object.entries(rest).map(([section, content]) => `${section} ${canonical(content, numbered)}`),
    ...resources.map(({ type, attributes }) => `resource ${type} ${canonical(attributes, numbered)}`),
  ].toSorted();
}

/** The value as JSON with sorted keys, without metadata, each address of a resource replaced by its name. */
function canonical(value: unknown, names: ReadonlyMap<string, string>): string {
  return JSON.stringify(value, (key, child: unknown) => {
    if (key === "//") return undefined;
    if (typeof child === "string")
      return child.replace(/\baws_\w+\.[\w-]+/g, (address) => names.get(address) ?? address);
    if (typeof child !== "object" || child === null || Array.isArray(child)) return child;
    return Object.fromEntries(Object.entries(child).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
