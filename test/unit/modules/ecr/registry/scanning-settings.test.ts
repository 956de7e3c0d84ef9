import fc from "fast-check";
import { expect, test } from "vitest";
import type { RegistryRequest } from "../../../../../modules/ecr/registry/registry-requests";
import {
  compileScanning,
  type ScanningSettings,
} from "../../../../../modules/ecr/registry/scanning-settings";
import { guideProduction, names, numbered, request } from "../../../../support/ecr/registry-requests";
import {
  documentedMatches,
  documentedNames,
  filterPattern,
  frequencyOf,
  matches,
} from "../../../../support/ecr/scanning-model";

const settingsWanted = fc.constantFrom<Partial<RegistryRequest>[]>(
  { scanFrequency: "MANUAL" },
  { scanFrequency: "SCAN_ON_PUSH", scanType: "ENHANCED" },
  { scanFrequency: "CONTINUOUS_SCAN", scanType: "ENHANCED" },
);

const registries = fc
  .tuple(names, fc.array(settingsWanted, { minLength: 10, maxLength: 10 }))
  .map(([all, wanted]) => all.map((name, index) => request(name, wanted[index])));

test.each(documentedMatches)(
  "the model of these tests matches %s as AWS documents it",
  (filter, documented) => {
    expect(documentedNames.map((name) => matches(filter, name))).toEqual(documented);
  },
);

test("every repository is scanned as it requests, or there is a conflict", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const { settings } = compileScanning(requests);
      fc.pre(settings !== undefined);

      const scanned = requests.map(({ name }) => [name, frequencyOf(name, settings)]);
      expect(scanned).toEqual(requests.map(({ name, scanFrequency }) => [name, scanFrequency]));
    }),
    { numRuns: 200 },
  );
});

/** Every filter that matches a name: wildcards inserted or in place of a part, and all parts of it. */
function filtersFor(name: string): string[] {
  const cuts = Array.from({ length: name.length + 1 }, (_, at) => at);
  const pairs = cuts.flatMap((from) => cuts.filter((to) => to >= from).map((to) => [from, to] as const));
  return pairs.flatMap(([from, to]) => [
    `${name.slice(0, from)}*${name.slice(to)}`,
    ...(to > from ? [name.slice(from, to)] : []),
  ]);
}

test("fails only when every filter that matches a repository also matches one that did not request it", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      for (const {
        names: [name = "", ...caught],
      } of compileScanning(requests).conflicts) {
        const wanted = requests.find((candidate) => candidate.name === name)?.scanFrequency;
        const spared = requests
          .filter(({ scanFrequency }) =>
            wanted === "CONTINUOUS_SCAN" ? scanFrequency !== wanted : scanFrequency === "MANUAL",
          )
          .map((other) => other.name);

        const sparing = (filter: string) => !spared.some((other) => matches(filter, other));
        expect(filtersFor(name).filter(sparing)).toEqual([]);
        expect(caught.length).toBeGreaterThan(0);
        expect(spared).toEqual(expect.arrayContaining(caught));
      }
    }),
    { numRuns: 400 },
  );
});

test("the settings stay within AWS's limits and syntax", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const { settings } = compileScanning(requests);
      fc.pre(settings !== undefined);
      const frequencies = settings.rules.map(({ scanFrequency }) => scanFrequency);

      expect(new Set(frequencies).size).toBe(frequencies.length);
      for (const { filters } of settings.rules) {
        expect(filters.length).toBeGreaterThan(0);
        expect(filters.length).toBeLessThanOrEqual(100);
        for (const filter of filters) expect(filter).toMatch(filterPattern);
      }
    }),
  );
});

test("the order of the repositories makes no difference, neither to the settings nor to the conflicts", () => {
  const shuffled = registries.chain((requests) =>
    fc.tuple(
      fc.constant(requests),
      fc.shuffledSubarray(requests, { minLength: requests.length, maxLength: requests.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([requests, others]) => {
      expect(compileScanning(others)).toEqual(compileScanning(requests));
    }),
  );
});

test("the order of the repositories makes no difference when both basic and enhanced scanning are requested", () => {
  const requests = numbered(7, (index) => ({
    scanFrequency: "SCAN_ON_PUSH",
    scanType: index % 2 === 0 ? "ENHANCED" : "BASIC",
  }));

  const compiled = compileScanning(requests.toReversed());

  expect(compiled.conflicts).toHaveLength(1);
  expect(compiled).toEqual(compileScanning(requests));
});

test("the production environment of the guide is scanned as it requests", () => {
  const requests = guideProduction();

  const { settings, conflicts } = compileScanning(requests);

  expect(conflicts).toEqual([]);
  for (const { name, scanFrequency } of requests)
    expect(frequencyOf(name, settings as ScanningSettings)).toBe(scanFrequency);
});

test("a thousand repositories with the same request need one filter", () => {
  const requests = numbered(1000, () => ({ scanFrequency: "SCAN_ON_PUSH" }));

  const { settings } = compileScanning(requests);

  expect(settings).toEqual({
    scanType: "BASIC",
    rules: [{ scanFrequency: "SCAN_ON_PUSH", filters: ["p-*"] }],
  });
});

test("a registry without requests has basic scanning and no rule", () => {
  const { settings } = compileScanning([request("p-a", { scanType: "ENHANCED" })]);

  expect(settings).toEqual({ scanType: "BASIC", rules: [] });
});

test("a registry has enhanced scanning when all requests are for it", () => {
  const { settings } = compileScanning([
    request("p-a", { scanType: "ENHANCED", scanFrequency: "SCAN_ON_PUSH" }),
    request("p-b"),
  ]);

  expect(settings?.scanType).toBe("ENHANCED");
});
