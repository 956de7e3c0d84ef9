import fc from "fast-check";
import { expect, test } from "vitest";
import type { RegistryRequest } from "../../../../../modules/ecr/registry/registry-requests";
import { compileReplication } from "../../../../../modules/ecr/registry/replication-settings";
import { compileScanning } from "../../../../../modules/ecr/registry/scanning-settings";
import { destinationsOf, requested, to } from "../../../../support/ecr/replication-model";
import { filterPattern, frequencyOf } from "../../../../support/ecr/scanning-model";
import { runs } from "../../../../support/property-runs";

const words = (separators: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom("api", "service", "my", "web", "p"), fc.constantFrom(...separators)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.map(([word, separator], at) => (at > 0 ? separator + word : word)).join(""));

/** Names of three environments of one registry, with namespaces, that contain one another. */
const own = fc
  .tuple(fc.constantFrom("p-", "q-", "pp-prod-"), words(["-", "/", "_", "."]))
  .map(([namePrefix, rest]) => ({ name: namePrefix + rest, namePrefix, source: `${namePrefix}.ts` }));

/** Names of repositories that are created elsewhere: some look like ours, some have separators in a row. */
const unmanaged = fc
  .oneof(
    words(["-", "--", "__", "/"]),
    words(["-", "--"]).map((rest) => `p-${rest}`),
  )
  .filter(({ length }) => length > 1)
  .map((name) => ({ name, namePrefix: undefined, source: "p.ts" }));

const options = fc.record({
  scanFrequency: fc.constantFrom("MANUAL" as const, "SCAN_ON_PUSH" as const, "CONTINUOUS_SCAN" as const),
  scanType: fc.constant("ENHANCED" as const),
  destinations: fc.subarray([to("us-west-2"), to("eu-west-1"), to("us-west-2", "444455556666")]),
});

const registries = fc.uniqueArray(
  fc
    .tuple(fc.oneof({ arbitrary: own, weight: 3 }, unmanaged), options)
    .map(([called, chosen]): RegistryRequest => ({ ...called, ...chosen })),
  { maxLength: 14, selector: ({ name }) => name },
);

/** AWS's pattern of a replication filter. */
const prefixPattern = /^(?:[a-z0-9]+(?:[._-][a-z0-9]*)*\/)*[a-z0-9]*(?:[._-][a-z0-9]*)*$/;

test("managed and unmanaged repositories are scanned exactly as they request, or there is a conflict", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const { settings } = compileScanning(requests);
      fc.pre(settings !== undefined);

      expect(requests.map(({ name }) => frequencyOf(name, settings))).toEqual(
        requests.map(({ scanFrequency }) => scanFrequency),
      );
      expect(settings.rules.length).toBeLessThanOrEqual(2);
      const filters = settings.rules.flatMap((rule) => rule.filters);
      const valid = (filter: string) =>
        filterPattern.test(filter) && filter.includes("*") && filter.length <= 255;
      expect(filters.filter((filter) => !valid(filter))).toEqual([]);
    }),
    { numRuns: runs(1000) },
  );
});

test("managed and unmanaged repositories are replicated exactly as they request, or there is a conflict", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const { settings } = compileReplication(requests);
      fc.pre(settings !== undefined);

      expect(requests.map(({ name }) => destinationsOf(name, settings))).toEqual(requests.map(requested));
      const filters = settings.flatMap((rule) => rule.filters);
      const valid = (filter: string) =>
        prefixPattern.test(filter) && filter.length >= 2 && filter.length <= 256;
      expect(filters.filter((filter) => !valid(filter))).toEqual([]);
    }),
    { numRuns: runs(1000) },
  );
});

test("no filter for an unmanaged repository is shorter than its name", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const foreign = requests.filter(({ namePrefix }) => namePrefix === undefined);
      const foreignNames = foreign.map(({ name }) => name);
      const { settings } = compileScanning(foreign);
      const copied = compileReplication(foreign).settings ?? [];

      const scanning = settings?.rules.flatMap(({ filters }) => filters) ?? [];
      const literals = scanning.map((filter) => filter.replaceAll("*", ""));
      const filters = [...literals, ...copied.flatMap((rule) => rule.filters)];
      expect(filters.filter((filter) => !foreignNames.includes(filter))).toEqual([]);
    }),
  );
});

test("the order of the repositories makes no difference", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      expect(compileScanning(requests.toReversed())).toEqual(compileScanning(requests));
      expect(compileReplication(requests.toReversed())).toEqual(compileReplication(requests));
    }),
  );
});

const repository = (namePrefix: string, rest: string, change: Partial<RegistryRequest>): RegistryRequest => ({
  name: namePrefix + rest,
  namePrefix,
  source: "environments/p.ts",
  scanType: "ENHANCED",
  scanFrequency: "MANUAL",
  destinations: [],
  ...change,
});

test.each([["api"], ["api-service"], ["my-api"]])("%s can be scanned without the others", (wanted) => {
  const requests = ["api", "api-service", "my-api"].map((rest) =>
    repository("p-", rest, { scanFrequency: rest === wanted ? "CONTINUOUS_SCAN" : "MANUAL" }),
  );

  const { settings } = compileScanning(requests);

  expect(settings?.rules).toEqual([{ scanFrequency: "CONTINUOUS_SCAN", filters: [`*p-${wanted}`] }]);
});

test("ten thousand repositories of many teams need one filter for each team, and little time", () => {
  const requests = Array.from({ length: 10_000 }, (_, index) =>
    repository("p-", `team${String(index % 40).padStart(2, "0")}/service${index}`, {
      scanFrequency: index % 2 === 0 ? "CONTINUOUS_SCAN" : "MANUAL",
      destinations: index % 2 === 0 ? [to("us-west-2")] : [],
    }),
  );

  const start = performance.now();
  const [scanning, replication] = [compileScanning(requests), compileReplication(requests)];
  const milliseconds = performance.now() - start;

  expect(scanning.settings?.rules.map(({ filters }) => filters.length)).toEqual([20]);
  expect(replication.settings?.map(({ filters }) => filters.length)).toEqual([20]);
  // Half a second. Only an algorithm of another order takes minutes, however busy the machine is.
  expect(milliseconds).toBeLessThan(120_000);
});
