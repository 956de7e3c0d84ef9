/** A function of an object that works out each result once, for as long as somebody has the object. */
export function rememberedOf<A extends object, T>(workOut: (one: A) => T): (one: A) => T {
  const results = new WeakMap<A, { readonly result: T }>();
  return (one) => {
    const known = results.get(one);
    if (known !== undefined) return known.result;
    const result = workOut(one);
    results.set(one, { result });
    return result;
  };
}
