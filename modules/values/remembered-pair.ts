/** A function of two objects that works out each result once, for as long as somebody has both objects. */
export function rememberedPair<A extends object, B extends object, T>(
  workOut: (one: A, other: B) => T,
): (one: A, other: B) => T {
  const results = new WeakMap<A, WeakMap<B, { readonly result: T }>>();
  return (one, other) => {
    const ofOne = results.get(one) ?? new WeakMap<B, { readonly result: T }>();
    const known = ofOne.get(other);
    if (known !== undefined) return known.result;
    const result = workOut(one, other);
    results.set(one, ofOne.set(other, { result }));
    return result;
  };
}
