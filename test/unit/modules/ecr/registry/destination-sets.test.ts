import fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf, proposals } from "../../../../../modules/ecr/registry/destination-sets";

const union = (sets: readonly number[]) => sets.reduce((all, set) => all | set, 0);

/** Distinct sets of up to six destinations. */
const wantedSets = fc.uniqueArray(fc.integer({ min: 1, max: 63 }), { minLength: 1, maxLength: 20 });

test("every wanted set is exactly the union of its parts in each proposal", () => {
  fc.assert(
    fc.property(wantedSets, (wanted) => {
      for (const rules of proposals(wanted)) {
        const parts = wanted.map((set) => partsOf(set, rules));

        expect(parts.map(union)).toEqual(wanted);
        expect(parts.flat().filter((part) => !rules.includes(part))).toEqual([]);
      }
    }),
  );
});

test("no proposal has a set twice or an empty one", () => {
  fc.assert(
    fc.property(wantedSets, (wanted) => {
      for (const rules of proposals(wanted)) {
        expect(rules).toEqual([...new Set(rules)].filter((set) => set !== 0));
      }
    }),
  );
});

test("the order of the wanted sets makes no difference", () => {
  fc.assert(
    fc.property(wantedSets, (wanted) => {
      expect(proposals(wanted.toReversed())).toEqual(proposals(wanted));
    }),
  );
});

test("a part that adds nothing to larger ones is left out", () => {
  expect(partsOf(0b111, [0b001, 0b011, 0b110, 0b1000])).toEqual([0b011, 0b110]);
});

test.each([
  ["as they are wanted", 0, [0b01, 0b10, 0b11], [0b01, 0b10, 0b11]],
  ["without those that others make up", 1, [0b01, 0b10, 0b11], [0b01, 0b10]],
  ["what each adds to smaller ones", 2, [0b001, 0b011, 0b100, 0b110], [0b001, 0b100, 0b010]],
  ["what is never wanted apart", 3, [0b0011, 0b1111, 0b1100], [0b0011, 0b1100]],
])("sets are proposed %s", (_, place, wanted, expected) => {
  expect(proposals(wanted)[place]).toEqual(expected);
});

/** Whether this many sets can add up to all wanted ones, by brute force. */
function canDo(wanted: readonly number[], count: number, chosen: readonly number[] = [], from = 1): boolean {
  if (chosen.length === count)
    return wanted.every((set) => union(chosen.filter((one) => (one & ~set) === 0)) === set);
  for (let set = from; set < 8; set++) if (canDo(wanted, count, [...chosen, set], set + 1)) return true;
  return false;
}

test("for three destinations, no choice of sets is smaller than the best proposal", () => {
  for (let choice = 1; choice < 128; choice++) {
    const wanted = [1, 2, 3, 4, 5, 6, 7].filter((set) => (choice >> (set - 1)) % 2 === 1);
    const best = Math.min(...proposals(wanted).map(({ length }) => length));

    expect(canDo(wanted, best - 1), wanted.join()).toBe(false);
  }
});
