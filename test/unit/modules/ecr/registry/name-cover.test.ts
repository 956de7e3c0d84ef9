import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cover, coverByFewest, coverByGroups } from "../../../../../modules/ecr/registry/name-cover";
import { smallestCover } from "../../../../support/ecr/smallest-cover";

const floor = "p-";
const floorOf = () => floor;

/** Names from few words, so that many start with others. */
const names = fc.uniqueArray(
  fc
    .array(fc.constantFrom("a", "b", "aa", "p"), { minLength: 1, maxLength: 4 })
    .map((words) => floor + words.join("-")),
  { maxLength: 12 },
);

/** Names to cover, and others that must not be matched. */
const split = fc.tuple(names, fc.infiniteStream(fc.boolean())).map(([all, wanted]) => {
  const covered = all.filter(() => wanted.next().value);
  return { covered, forbidden: all.filter((name) => !covered.includes(name)) };
});

const catches = ({ prefix, exact }: Cover, name: string) =>
  exact ? name === prefix : name.startsWith(prefix);

describe.each([
  ["groups", coverByGroups],
  ["the fewest prefixes", coverByFewest],
])("a cover by %s", (_, coverNames) => {
  test("covers every name once and no forbidden name at all", () => {
    fc.assert(
      fc.property(split, ({ covered, forbidden }) => {
        const covers = coverNames(covered, { forbidden, floorOf });

        const caught = [...covered, ...forbidden].flatMap((name) =>
          covers.filter((cover) => catches(cover, name)).map(() => name),
        );
        expect(caught).toEqual(covered);
      }),
    );
  });

  test("lists the names that each prefix covers", () => {
    fc.assert(
      fc.property(split, ({ covered, forbidden }) => {
        const covers = coverNames(covered, { forbidden, floorOf });

        expect(covers.map((cover) => cover.names)).toEqual(
          covers.map((cover) => covered.filter((name) => catches(cover, name)).toSorted()),
        );
      }),
    );
  });

  test("has no prefix above the floor or longer than allowed", () => {
    fc.assert(
      fc.property(split, fc.integer({ min: 2, max: 6 }), ({ covered, forbidden }, maxLength) => {
        const fits = ({ prefix, exact }: Cover) =>
          prefix.startsWith(floor) && (exact || prefix.length <= maxLength);
        const covers = coverNames(covered, { forbidden, floorOf, maxLength });

        expect(covers.filter((cover) => !fits(cover))).toEqual([]);
      }),
    );
  });

  test("does not depend on the order of the names, and is sorted by prefix", () => {
    fc.assert(
      fc.property(split, ({ covered, forbidden }) => {
        const covers = coverNames(covered, { forbidden, floorOf });

        expect(coverNames(covered.toReversed(), { forbidden: forbidden.toReversed(), floorOf })).toEqual(
          covers,
        );
        expect(covers.map(({ prefix }) => prefix)).toEqual(covers.map(({ prefix }) => prefix).toSorted());
      }),
    );
  });

  test("needs one prefix for all names when nothing is forbidden", () => {
    const covers = coverNames(["p-b", "p-a", "p-a-c"], { forbidden: [], floorOf });

    expect(covers).toEqual([{ prefix: "p-", exact: false, names: ["p-a", "p-a-c", "p-b"] }]);
  });

  test("keeps to the floor of each name", () => {
    const covers = coverNames(["p-dev-a", "p-dev-b", "q-prod-a", "q-prod-b"], {
      forbidden: [],
      floorOf: (name) => name.slice(0, -1),
    });

    expect(covers.map(({ prefix }) => prefix)).toEqual(["p-dev-", "q-prod-"]);
  });

  test("uses the shorter of two floors where both would do", () => {
    const covers = coverNames(["p-a-x", "p-a-y", "p-b", "p-c"], {
      forbidden: [],
      floorOf: (name) => (name.startsWith("p-a-") ? "p-a-" : "p-"),
    });

    expect(covers.map(({ prefix }) => prefix)).toEqual(["p-"]);
  });

  test("covers a name without a floor by itself, or by the prefix of others", () => {
    const covers = coverNames(["p-a", "p-b", "p-c", "x-a", "x-b"], {
      forbidden: [],
      floorOf: (name) => (name === "p-b" || name === "p-c" ? "p-" : undefined),
    });

    expect(covers.map(({ prefix, exact }) => [prefix, exact])).toEqual([
      ["p-", false],
      ["x-a", true],
      ["x-b", true],
    ]);
  });

  test("is empty for no names", () => {
    expect(coverNames([], { forbidden: ["p-a"], floorOf })).toEqual([]);
  });
});

test("a group is the floor, ends at a separator or with a whole name, and covers at least two names", () => {
  fc.assert(
    fc.property(split, ({ covered, forbidden }) => {
      for (const cover of coverByGroups(covered, { forbidden, floorOf }).filter(({ exact }) => !exact)) {
        expect(covered.includes(cover.prefix) || /^p-(.*[-_./])?$/.test(cover.prefix)).toBe(true);
        expect(cover.names.length).toBeGreaterThan(1);
      }
    }),
  );
});

test("a longer group is used where a shorter one would match a forbidden name", () => {
  const covers = coverByGroups(["p-team-a", "p-team-b", "p-web"], { forbidden: ["p-api"], floorOf });

  expect(covers).toEqual([
    { prefix: "p-team-", exact: false, names: ["p-team-a", "p-team-b"] },
    { prefix: "p-web", exact: true, names: ["p-web"] },
  ]);
});

test("groups may be namespaces", () => {
  const covers = coverByGroups(["p-a/x/one", "p-a/x/two", "p-b/x"], { forbidden: ["p-a/y"], floorOf });

  expect(covers.map(({ prefix }) => prefix)).toEqual(["p-a/x/", "p-b/x"]);
});

test("the fewest prefixes may end inside a word", () => {
  const covers = coverByFewest(["p-web", "p-work"], { forbidden: ["p-api"], floorOf });

  expect(covers).toEqual([{ prefix: "p-w", exact: false, names: ["p-web", "p-work"] }]);
});

/** Every safe prefix of a name from its floor on. */
const prefixesOf = (name: string, forbidden: readonly string[]) =>
  Array.from({ length: name.length - floor.length + 1 }, (_, more) =>
    name.slice(0, floor.length + more),
  ).filter((prefix) => !forbidden.some((other) => other.startsWith(prefix)));

test("no choice of prefixes is smaller than the fewest", () => {
  fc.assert(
    fc.property(split, ({ covered, forbidden }) => {
      const covers = coverByFewest(covered, { forbidden, floorOf });
      const coverable = covered.filter((name) => prefixesOf(name, forbidden).length > 0);
      const size = smallestCover(
        coverable,
        (name) => prefixesOf(name, forbidden),
        (prefix, name) => name.startsWith(prefix),
      );

      expect(covers.filter(({ exact }) => !exact)).toHaveLength(size);
      expect(covers.flatMap(({ exact, prefix }) => (exact ? prefix : [])).toSorted()).toEqual(
        covered.filter((name) => prefixesOf(name, forbidden).length === 0).toSorted(),
      );
    }),
    { numRuns: 300 },
  );
});
