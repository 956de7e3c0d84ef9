import { expect, test } from "vitest";
import { type RequestOptions, requestOf } from "../../../../../modules/ecr/registry/registry-request";

const asked = (options: RequestOptions, scanOnPush = true) =>
  requestOf({ name: "web", scanOnPush, source: "stack/web" }, options);

test("a repository asks for basic scans on push and no replication", () => {
  expect(asked({})).toEqual({
    name: "web",
    namePrefix: undefined,
    source: "stack/web",
    scanType: "BASIC",
    scanFrequency: "SCAN_ON_PUSH",
    destinations: [],
  });
});

test("one that is not scanned on push asks for no scans", () => {
  expect(asked({}, false).scanFrequency).toBe("MANUAL");
});

test("continuous scans are those of Amazon Inspector", () => {
  expect(asked({ scanFrequency: "CONTINUOUS_SCAN" })).toMatchObject({
    scanType: "ENHANCED",
    scanFrequency: "CONTINUOUS_SCAN",
  });
});

test("fails when the options contradict each other", () => {
  const continuous = { scanFrequency: "CONTINUOUS_SCAN" } as const;

  expect(() => asked(continuous, false)).toThrowErrorMatchingInlineSnapshot(
    `[Error: stack/web: found CONTINUOUS_SCAN; the repository is not scanned, because scanOnPush is false; remove one of the two]`,
  );
  expect(() => asked({ ...continuous, scanType: "BASIC" })).toThrowErrorMatchingInlineSnapshot(
    `[Error: stack/web: found CONTINUOUS_SCAN; basic scanning does not support continuous scans; use ENHANCED]`,
  );
});

test("fails when the name is unknown until deploy", () => {
  const repository = { name: "${TfToken[TOKEN.1]}", scanOnPush: true, source: "stack/web" };

  expect(() => requestOf(repository, {})).toThrowErrorMatchingInlineSnapshot(
    `[Error: stack/web: found a name that is unknown until deploy; the filters of a registry contain names; pass the name itself]`,
  );
});
