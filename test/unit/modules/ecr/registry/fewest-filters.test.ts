import fc from "fast-check";
import { expect, test } from "vitest";
import { fewestFilters } from "../../../../../modules/ecr/registry/fewest-filters";
import { matches } from "../../../../support/ecr/scanning-model";
import { smallestCover } from "../../../../support/ecr/smallest-cover";

const floorOf = () => "p-";

/** Names of a few letters after the floor, so that many start and end alike. */
const split = fc
  .tuple(
    fc.uniqueArray(fc.stringMatching(/^[abc]{1,4}$/), { maxLength: 9 }),
    fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
  )
  .map(([all, wanted]) => ({
    names: all.filter((_, index) => wanted[index]).map((rest) => `p-${rest}`),
    forbidden: all.filter((_, index) => !wanted[index]).map((rest) => `p-${rest}`),
  }));

/** The patterns that a name could have, and the name itself. */
const candidatesFor = (name: string, forbidden: readonly string[]) => {
  const rest = name.slice(2);
  const cuts = Array.from({ length: rest.length + 1 }, (_, at) => at);
  const patterns = cuts.flatMap((at) => [`p-${rest.slice(0, at)}*`, `p-*${rest.slice(at)}`]);
  return [...patterns.filter((pattern) => !forbidden.some((other) => matches(pattern, other))), name];
};

const covers = (candidate: string, name: string) =>
  candidate.includes("*") ? matches(candidate, name) : candidate === name;

const smallest = (names: readonly string[], forbidden: readonly string[]) =>
  smallestCover(names, (name) => candidatesFor(name, forbidden), covers);

test("every name is covered, no forbidden one is, and no choice of prefixes and suffixes is smaller", () => {
  fc.assert(
    fc.property(split, ({ names, forbidden }) => {
      const { patterns = [], single = [] } = fewestFilters(names, { forbidden, floorOf }, 100) ?? {};
      const chosen = [...patterns, ...single];

      const covered = [...names, ...forbidden].filter((name) => chosen.some((one) => covers(one, name)));
      expect(covered).toEqual(names);
      expect(chosen).toHaveLength(smallest(names, forbidden));
    }),
    { numRuns: 300 },
  );
});

test("there is no result if and only if more filters are needed than allowed", () => {
  fc.assert(
    fc.property(split, fc.integer({ min: 1, max: 5 }), ({ names, forbidden }, max) => {
      const found = fewestFilters(names, { forbidden, floorOf }, max);

      expect(found === undefined).toBe(smallest(names, forbidden) > max);
    }),
    { numRuns: 300 },
  );
});

test("the order of the names makes no difference", () => {
  fc.assert(
    fc.property(split, ({ names, forbidden }) => {
      expect(fewestFilters(names.toReversed(), { forbidden: forbidden.toReversed(), floorOf }, 100)).toEqual(
        fewestFilters(names, { forbidden, floorOf }, 100),
      );
    }),
  );
});

test("names without a floor have a filter of their own, and no pattern is longer than allowed", () => {
  const names = ["p-ab", "p-bb", "x-a", "x-b"];

  const found = fewestFilters(
    names,
    {
      forbidden: ["p-aa", "p-ba"],
      floorOf: (name) => (name.startsWith("p-") ? "p-" : undefined),
      maxLength: 2,
    },
    100,
  );

  expect(found).toEqual({ patterns: [], single: names });
});
