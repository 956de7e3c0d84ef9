import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cover, coverNames } from "../../../../modules/ecr/name-cover";

const floor = "p-";
const floorOf = () => floor;

/** Names from few words, so that many begin with others. */
const names = fc.uniqueArray(
  fc
    .array(fc.constantFrom("a", "b", "aa", "p"), { minLength: 1, maxLength: 4 })
    .map((words) => floor + words.join("-")),
  { maxLength: 12 },
);

/** Names to cover, and others that must not be caught. */
const split = fc.tuple(names, fc.infiniteStream(fc.boolean())).map(([all, wanted]) => {
  const covered = all.filter(() => wanted.next().value);
  return { covered, forbidden: all.filter((name) => !covered.includes(name)) };
});

const catches = ({ prefix, exact }: Cover, name: string) =>
  exact ? name === prefix : name.startsWith(prefix);

test("every name is covered once and no forbidden name at all", () => {
  fc.assert(
    fc.property(split, ({ covered, forbidden }) => {
      const covers = coverNames(covered, forbidden, floorOf);

      for (const name of covered) expect(covers.filter((cover) => catches(cover, name))).toHaveLength(1);
      for (const name of forbidden) expect(covers.filter((cover) => catches(cover, name))).toEqual([]);
    }),
  );
});

test("a cover lists the names that it was made for", () => {
  fc.assert(
    fc.property(split, ({ covered, forbidden }) => {
      const covers = coverNames(covered, forbidden, floorOf);

      for (const cover of covers)
        expect(cover.names).toEqual(covered.filter((name) => catches(cover, name)).toSorted());
    }),
  );
});

test("a prefix begins with the floor, ends at a separator and covers two names at least", () => {
  fc.assert(
    fc.property(split, ({ covered, forbidden }) => {
      const prefixes = coverNames(covered, forbidden, floorOf).filter(({ exact }) => !exact);

      for (const { prefix, names: found } of prefixes) {
        expect(prefix).toMatch(/^p-(.*[-_./])?$/);
        expect(found.length).toBeGreaterThan(1);
      }
    }),
  );
});

test("the order of the names makes no difference, and covers come by prefix", () => {
  fc.assert(
    fc.property(split, ({ covered, forbidden }) => {
      const covers = coverNames(covered, forbidden, floorOf);

      expect(coverNames(covered.toReversed(), forbidden.toReversed(), floorOf)).toEqual(covers);
      expect(covers.map(({ prefix }) => prefix)).toEqual(covers.map(({ prefix }) => prefix).toSorted());
    }),
  );
});

test("one prefix covers all names when nothing is forbidden", () => {
  const covers = coverNames(["p-b", "p-a", "p-a-c"], [], floorOf);

  expect(covers).toEqual([{ prefix: "p-", exact: false, names: ["p-a", "p-a-c", "p-b"] }]);
});

test("a longer prefix is used where a shorter one would catch a forbidden name", () => {
  const covers = coverNames(["p-team-a", "p-team-b", "p-web"], ["p-api"], floorOf);

  expect(covers).toEqual([
    { prefix: "p-team-", exact: false, names: ["p-team-a", "p-team-b"] },
    { prefix: "p-web", exact: true, names: ["p-web"] },
  ]);
});

test("a single name is covered by itself", () => {
  const covers = coverNames(["p-web"], [], floorOf);

  expect(covers).toEqual([{ prefix: "p-web", exact: true, names: ["p-web"] }]);
});

test("no prefix reaches above the floor of its names", () => {
  const covers = coverNames(["p-dev-a", "p-dev-b", "p-prod-a"], [], (name) => name.slice(0, -1));

  expect(covers.map(({ prefix }) => prefix)).toEqual(["p-dev-", "p-prod-a"]);
});

test("no names need no cover", () => {
  const covers = coverNames([], ["p-a"], floorOf);

  expect(covers).toEqual([]);
});
