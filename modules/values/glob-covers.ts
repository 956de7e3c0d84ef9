/**
 * Whether a pattern matches every text that another one matches. `*` stands for any characters, also none, and `?` for one.
 *
 * Follows both patterns through all texts at once: a text that only the second one matches would end in a pair of positions
 * where it is complete and the first one is not.
 */
export function globCovers(general: string, specific: string): boolean {
  const alphabet = [...new Set(`${general}${specific}`)].filter((letter) => !"*?".includes(letter));
  // Any letter that neither pattern names.
  const letters = [...alphabet, ""];
  const seen = new Set<string>();
  const open = [[withoutWaiting(specific, [0]), withoutWaiting(general, [0])] as const];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [inSpecific, inGeneral] = pair;
    const key = `${inSpecific.join()}/${inGeneral.join()}`;
    if (inSpecific.length === 0 || seen.has(key)) continue;
    seen.add(key);
    if (inSpecific.includes(specific.length) && !inGeneral.includes(general.length)) return false;
    for (const letter of letters)
      open.push([after(specific, inSpecific, letter), after(general, inGeneral, letter)]);
  }
  return true;
}

/** Positions after one more letter, sorted. */
function after(pattern: string, positions: readonly number[], letter: string): number[] {
  const next = positions.flatMap((position) => {
    const sign = pattern[position];
    if (sign === "*") return [position];
    return sign === "?" || (sign === letter && letter !== "") ? [position + 1] : [];
  });
  return withoutWaiting(pattern, next);
}

/** The positions, and those that follow a `*`, which need no letter. */
function withoutWaiting(pattern: string, positions: readonly number[]): number[] {
  const all = new Set(positions);
  for (const position of all) if (pattern[position] === "*") all.add(position + 1);
  return [...all].toSorted((a, b) => a - b);
}
