/** A set of replication destinations, as bits. At most 25, AWS's limit for one registry. */
export type DestinationSet = number;

/**
 * Candidates for the sets of destinations to write a rule for. Every wanted set is a union of some of them.
 *
 * ECR replicates a repository to the destinations of all rules that match it, so a set needs no rule of its own if
 * other rules add up to it. Finding the fewest in all cases is the set basis problem, which is NP-hard, so these are
 * the candidates that suffice in practice, simplest first:
 *
 * 1. the wanted sets themselves,
 * 2. those that are not a union of others,
 * 3. what each adds to the smaller ones inside it,
 * 4. destinations that always occur together.
 *
 * @param wanted distinct sets, none empty
 */
export function proposals(wanted: readonly DestinationSet[]): DestinationSet[][] {
  const sorted = wanted.toSorted((a, b) => a - b);
  return [sorted, withoutUnions(sorted), additions(sorted), inseparableDestinations(sorted)];
}

/** The rules that add up to a wanted set, largest first; those that add nothing are left out. */
export function partsOf(wanted: DestinationSet, rules: readonly DestinationSet[]): DestinationSet[] {
  let missing = wanted;
  return rules
    .filter((rule) => isSubset(rule, wanted))
    .toSorted((a, b) => size(b) - size(a) || a - b)
    .filter((rule) => {
      const adds = (rule & missing) !== 0;
      missing &= ~rule;
      return adds;
    });
}

/** Whether all destinations of a set are in another one. */
export function isSubset(set: DestinationSet, whole: DestinationSet): boolean {
  return (set & ~whole) === 0;
}

function size(set: DestinationSet): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function withoutUnions(wanted: readonly DestinationSet[]): DestinationSet[] {
  return wanted.filter((set) => {
    let made = 0;
    for (const other of wanted) if (other !== set && isSubset(other, set)) made |= other;
    return made !== set;
  });
}

function additions(wanted: readonly DestinationSet[]): DestinationSet[] {
  const chosen: DestinationSet[] = [];
  for (const set of wanted.toSorted((a, b) => size(a) - size(b) || a - b)) {
    let rest = set;
    for (const other of chosen) if (isSubset(other, set)) rest &= ~other;
    if (rest !== 0) chosen.push(rest);
  }
  return chosen;
}

function inseparableDestinations(wanted: readonly DestinationSet[]): DestinationSet[] {
  let blocks: DestinationSet[] = [wanted.reduce((all, set) => all | set, 0)];
  for (const set of wanted) blocks = blocks.flatMap((block) => [block & set, block & ~set]).filter(Boolean);
  return blocks;
}
