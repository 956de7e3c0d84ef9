import { expect, test } from "vitest";
import { compileScanning } from "../../../../modules/ecr/scanning-settings";
import { numbered, request } from "./registry-requests";

/** A repository with a name of that length. */
const named = (length: number) => request("p-".padEnd(length, "a"), { scanFrequency: "SCAN_ON_PUSH" });

test("a rule may have as many filters as AWS takes", () => {
  const requests = numbered(200, (i) => ({ scanFrequency: i % 2 === 0 ? "SCAN_ON_PUSH" : "MANUAL" }));

  const { settings } = compileScanning(requests);

  expect(settings?.rules[0]?.filters).toHaveLength(100);
});

test("fails when a rule needs more filters than AWS takes", () => {
  const requests = numbered(201, (i) => ({ scanFrequency: i % 2 === 0 ? "SCAN_ON_PUSH" : "MANUAL" }));

  const { conflicts } = compileScanning(requests);

  expect(conflicts).toMatchInlineSnapshot(`
    [
      {
        "advice": "SCAN_ON_PUSH would need 101 filters in this registry and AWS takes 100; give repositories of one name prefix the same scanning",
        "names": [
          "p-0000",
        ],
        "option": "scanFrequency",
      },
    ]
  `);
});

test("fails when basic and enhanced meet in one registry, with the first of many names", () => {
  const requests = numbered(7, (index) => ({
    scanFrequency: "SCAN_ON_PUSH",
    scanType: index < 2 ? "ENHANCED" : "BASIC",
  }));

  const { conflicts } = compileScanning(requests);

  expect(conflicts.map(({ advice }) => advice)).toMatchInlineSnapshot(`
    [
      "a registry scans either basic or enhanced; enhanced scanning is asked for by p-0000, p-0001 and basic scanning by p-0002, p-0003, p-0004 and 2 more; set the same enableEnhancedScanning in all of them, or scanOnPush: false where no scan is wanted",
    ]
  `);
});

test("a filter may be as long as AWS takes", () => {
  const { settings } = compileScanning([named(254)]);

  expect(settings?.rules[0]?.filters.map(({ length }) => length)).toEqual([255]);
});

test("fails when a filter is longer than AWS takes", () => {
  const { conflicts } = compileScanning([named(255)]);

  expect(
    conflicts.map(({ names: [name = ""], ...conflict }) => [name.length, conflict]),
  ).toMatchInlineSnapshot(`
    [
      [
        255,
        {
          "advice": "a filter that gives SCAN_ON_PUSH to p-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa and nothing else would be longer than the 255 characters that AWS takes; shorten the name",
          "option": "scanFrequency",
        },
      ],
    ]
  `);
});

test("a name may be longer than a filter where a group of names shares one", () => {
  const { settings } = compileScanning([named(255), named(256)]);

  expect(settings?.rules[0]?.filters).toEqual(["p-*"]);
});
