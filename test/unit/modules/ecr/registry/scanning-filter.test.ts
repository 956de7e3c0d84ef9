import fc from "fast-check";
import { expect, test } from "vitest";
import { filterForOne, matchesScanningFilter } from "../../../../../modules/ecr/registry/scanning-filter";
import { names } from "../../../../support/ecr/registry-requests";
import {
  documentedMatches,
  documentedNames,
  filterPattern,
  matches,
} from "../../../../support/ecr/scanning-model";

test.each(documentedMatches)("%s matches as AWS documents it", (filter, documented) => {
  expect(documentedNames.map((name) => matchesScanningFilter(filter, name))).toEqual(documented);
});

test("a filter matches what the model of these tests says", () => {
  const text = (...letters: string[]) =>
    fc.array(fc.constantFrom(...letters), { maxLength: 6 }).map((all) => all.join(""));
  fc.assert(
    fc.property(text("a", "b", "*"), text("a", "b"), (filter, name) => {
      expect(matchesScanningFilter(filter, name)).toBe(matches(filter, name));
    }),
    { numRuns: 500 },
  );
});

test("the filter for one name matches it and no other, or each place of the wildcard matches another", () => {
  fc.assert(
    fc.property(names, (all) => {
      const [name = "p-a", ...others] = all;
      const found = filterForOne(name, others);

      if (found.filter !== undefined)
        expect([name, ...others].filter((other) => matches(found.filter, other))).toEqual([name]);
      else
        for (let at = 0; at <= name.length; at++)
          expect(found.caught.some((other) => matches(`${name.slice(0, at)}*${name.slice(at)}`, other))).toBe(
            true,
          );
    }),
    { numRuns: 300 },
  );
});

test.each([
  [[], "*p-api"],
  [["p-api-service"], "*p-api"],
  [["my-p-api"], "p-*api"],
  [["my-p-api", "p-my-api"], "p-api*"],
  [["my-p-api", "p-my-api", "p-api-service"], "p-a*pi"],
])("beside %j the filter for p-api is %s", (others, filter) => {
  expect(filterForOne("p-api", others)).toEqual({ filter });
});

test("there is no filter when a name begins and ends with the one", () => {
  expect(filterForOne("api", ["my-api", "api-api"])).toEqual({ caught: ["api-api", "my-api"] });
});

test("a wildcard goes between separators that AWS does not allow in a row", () => {
  const found = ["a--b", "a__b--c", "a---b", "x/a--b"].map((name) => filterForOne(name, []).filter);

  expect(found).toEqual(["a-*-b", "a_*_b-*-c", "a-*-*-b", "x/a-*-b"]);
  for (const filter of found) expect(filter).toMatch(filterPattern);
});

test("the filter for a name of any length and shape stays within AWS's limit and syntax", () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,40}$/);
  const separator = fc.constantFrom("-", "--", "---", "_", "__", ".", "/");
  const long = fc
    .array(fc.tuple(word, separator), { maxLength: 30, size: "max" })
    .map((parts) => `${parts.flat().join("").slice(0, 255)}a`);
  fc.assert(
    fc.property(long, fc.array(long, { maxLength: 3 }), (name, others) => {
      const found = filterForOne(
        name,
        others.filter((other) => other !== name),
      );
      if (found.filter === undefined) {
        expect(found.caught).not.toEqual([]);
        return;
      }

      const { filter } = found;
      expect(filter.length).toBeLessThanOrEqual(255);
      expect(filter).toMatch(filterPattern);
      expect(matchesScanningFilter(filter, name)).toBe(true);
    }),
  );
});
