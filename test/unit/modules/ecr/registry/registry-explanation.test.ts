import fc from "fast-check";
import { expect, test } from "vitest";
import {
  explainReplication,
  explainScanning,
} from "../../../../../modules/ecr/registry/registry-explanation";
import type { ReplicationRule } from "../../../../../modules/ecr/registry/replication-settings";
import type { ScanningSettings } from "../../../../../modules/ecr/registry/scanning-settings";
import { names } from "../../../../support/ecr/registry-requests";
import { address, destinationsOf, to } from "../../../../support/ecr/replication-model";
import { frequencyOf, matches } from "../../../../support/ecr/scanning-model";

const filters = fc.uniqueArray(fc.stringMatching(/^[pq]?-?\*?[ab]{0,2}\*?$/).filter(Boolean), {
  minLength: 1,
  maxLength: 4,
});

const scanning = fc.record<ScanningSettings>({
  scanType: fc.constantFrom("BASIC", "ENHANCED"),
  rules: fc
    .tuple(filters, filters, fc.integer({ min: 0, max: 3 }))
    .map(([continuous, onPush, present]) => [
      ...(present & 1 ? [{ scanFrequency: "CONTINUOUS_SCAN" as const, filters: continuous }] : []),
      ...(present & 2 ? [{ scanFrequency: "SCAN_ON_PUSH" as const, filters: onPush }] : []),
    ]),
});

test("a repository is explained as AWS scans it, with all filters that match", () => {
  fc.assert(
    fc.property(scanning, names, (settings, all) => {
      const off = settings.scanType === "ENHANCED" ? "OFF" : "MANUAL";
      const expected = all.map((name) => {
        const frequency = frequencyOf(name, settings);
        const found = settings.rules.flatMap((rule) =>
          rule.filters
            .filter((filter) => matches(filter, name))
            .map((filter) => ({ scanFrequency: rule.scanFrequency, filter })),
        );
        return [name, frequency === "MANUAL" ? off : frequency, found];
      });

      const explained = all.map((name) => {
        const { scanFrequency, matches: found } = explainScanning(settings, name);
        return [name, scanFrequency, found];
      });
      expect(explained).toEqual(expected);
    }),
  );
});

const replication = fc.array(
  fc.record<ReplicationRule>({
    destinations: fc.subarray([to("us-west-2"), to("eu-west-1"), to("eu-west-1", "444455556666")], {
      minLength: 1,
    }),
    filters: fc.uniqueArray(fc.stringMatching(/^[pq]-[ab]{0,2}$/), { minLength: 1, maxLength: 4 }),
  }),
  { maxLength: 4 },
);

test("a repository is explained as AWS replicates it, with all filters that match", () => {
  fc.assert(
    fc.property(replication, names, (rules, all) => {
      const expected = all.map((name) => {
        const found = rules.flatMap(({ filters, destinations }, index) =>
          filters
            .filter((filter) => name.startsWith(filter))
            .map((filter) => ({ rule: index + 1, filter, destinations })),
        );
        return [name, destinationsOf(name, rules), found];
      });

      const explained = all.map((name) => {
        const { destinations, matches: found } = explainReplication(rules, name);
        return [name, destinations.map(address).toSorted(), found];
      });
      expect(explained).toEqual(expected);
    }),
  );
});

test("continuous scanning takes precedence over scanning on push, and both filters are named", () => {
  const settings: ScanningSettings = {
    scanType: "ENHANCED",
    rules: [
      { scanFrequency: "CONTINUOUS_SCAN", filters: ["*p-web"] },
      { scanFrequency: "SCAN_ON_PUSH", filters: ["p-*"] },
    ],
  };

  expect(explainScanning(settings, "p-web")).toEqual({
    scanType: "ENHANCED",
    scanFrequency: "CONTINUOUS_SCAN",
    matches: [
      { scanFrequency: "CONTINUOUS_SCAN", filter: "*p-web" },
      { scanFrequency: "SCAN_ON_PUSH", filter: "p-*" },
    ],
  });
});
