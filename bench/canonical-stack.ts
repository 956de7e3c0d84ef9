type Json = Readonly<Record<string, unknown>>;

/**
 * The JSON of a stack as sorted lines, without what can differ between two programs that describe the same
 * infrastructure: metadata (`//`) and the IDs that CDKTF derives from construct paths.
 *
 * A reference to a resource becomes `<type>#<number>`. The number is the resource's position among those of its type,
 * sorted by their attributes, so references to the same resource are equal.
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

/** The value as JSON with sorted keys, without metadata, and with each resource address replaced by its name in `names`. */
function canonical(value: unknown, names: ReadonlyMap<string, string>): string {
  return JSON.stringify(value, (key, child: unknown) => {
    if (key === "//") return undefined;
    if (typeof child === "string")
      return child.replace(/\baws_\w+\.[\w-]+/g, (address) => names.get(address) ?? address);
    if (typeof child !== "object" || child === null || Array.isArray(child)) return child;
    return Object.fromEntries(Object.entries(child).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
