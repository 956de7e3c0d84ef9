import { expect, test } from "vitest";
import type { RegistryRequest } from "../../../../../modules/ecr/registry/registry-requests";
import {
  compileScanning,
  type ScanningSettings,
} from "../../../../../modules/ecr/registry/scanning-settings";
import { numbered, request } from "../../../../support/ecr/registry-requests";
import { frequencyOf } from "../../../../support/ecr/scanning-model";

/** A repository with a name of that length. */
const named = (length: number) => request("p-".padEnd(length, "a"), { scanFrequency: "SCAN_ON_PUSH" });

test("a rule may have as many filters as AWS allows", () => {
  const requests = numbered(200, (i) => ({ scanFrequency: i % 2 === 0 ? "SCAN_ON_PUSH" : "MANUAL" }));

  const { settings } = compileScanning(requests);

  expect(settings?.rules[0]?.filters).toHaveLength(100);
});

/**
 * This many repositories, no two of which share a prefix or suffix that the others lack, and as many that must not be
 * matched.
 */
const crossed = (count: number, change: Partial<RegistryRequest>) => {
  const digits = (index: number) => String(index % count).padStart(3, "0");
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => [
    request(`p-${digits(index)}-${digits(index)}`, change),
    request(`p-${digits(index)}-${digits(index + 1)}`),
  ]);
};

test("a rule may have a filter for each repository up to AWS's limit", () => {
  const { settings } = compileScanning(crossed(100, { scanFrequency: "SCAN_ON_PUSH" }));

  expect(settings?.rules[0]?.filters).toHaveLength(100);
});

test("fails when a rule needs more filters than AWS allows", () => {
  const { conflicts } = compileScanning(crossed(101, { scanFrequency: "SCAN_ON_PUSH" }));

  expect(conflicts.map(({ advice, names }) => [advice, names.length])).toMatchInlineSnapshot(`
    [
      [
        "SCAN_ON_PUSH for p-000-000, p-001-001, p-002-002 and 98 more would need more than the 100 filters that AWS allows in a rule; use the same scanning for repositories whose names start or end alike, or rename some so that they do",
        101,
      ],
    ]
  `);
});

test.each([
  [
    "inside words",
    (index: number) => `p-${index % 2 ? "w" : "x"}${String(index).padStart(4, "0")}`,
    ["p-w*"],
  ],
  [
    "by their ends",
    (index: number) => `p-${String(index >> 1).padStart(4, "0")}-${index % 2 ? "api" : "worker"}`,
    ["p-*i"],
  ],
])("repositories that differ %s need few filters", (_, nameOf, filters) => {
  const requests = Array.from({ length: 400 }, (__, index) =>
    request(nameOf(index), { scanFrequency: index % 2 ? "SCAN_ON_PUSH" : "MANUAL" }),
  );

  expect(compileScanning(requests).settings?.rules).toEqual([{ scanFrequency: "SCAN_ON_PUSH", filters }]);
});

test("fails when a registry has requests for basic and enhanced scanning, with the first of many names", () => {
  const requests = numbered(7, (index) => ({
    scanFrequency: "SCAN_ON_PUSH",
    scanType: index < 2 ? "ENHANCED" : "BASIC",
  }));

  const { conflicts } = compileScanning(requests);

  expect(conflicts.map(({ advice }) => advice)).toMatchInlineSnapshot(`
    [
      "a registry has either basic or enhanced scanning, but enhanced scanning is requested by p-0000, p-0001 and basic scanning by p-0002, p-0003, p-0004 and 2 more; set the same enableEnhancedScanning for all of them, or scanOnPush: false for those that need no scan",
    ]
  `);
});

test("a filter may be as long as AWS allows", () => {
  const { settings } = compileScanning([named(254)]);

  expect(settings?.rules[0]?.filters.map(({ length }) => length)).toEqual([255]);
});

test.each([255, 256])("a repository with a name of %i characters has a filter of its own", (length) => {
  const requests = [named(length), request("p-".padEnd(length - 1, "a"))];

  const { settings } = compileScanning(requests);

  expect(settings?.rules[0]?.filters.map((filter) => filter.length)).toEqual([255]);
  expect(requests.map(({ name }) => frequencyOf(name, settings as ScanningSettings))).toEqual([
    "SCAN_ON_PUSH",
    "MANUAL",
  ]);
});

test("a group whose filter would be longer than AWS allows is split", () => {
  const beginning = "p-".padEnd(254, "a");
  const requests = ["-b", "-c"].map((end) => request(beginning + end, { scanFrequency: "SCAN_ON_PUSH" }));

  const { settings } = compileScanning([...requests, request(`${beginning}x`)]);

  expect(settings?.rules[0]?.filters.map(({ length }) => length)).toEqual([255, 255]);
});

test("a name may be longer than a filter where a group of names shares one", () => {
  const { settings } = compileScanning([named(255), named(256)]);

  expect(settings?.rules[0]?.filters).toEqual(["p-*"]);
});
