import { expect, test } from "vitest";
import { scanSettingOf, startScan, whyImpossible } from "../../../../../scripts/ecr/findings/rescan";
import { type Answer, answeringClient } from "../../../../support/ecr/answering-client";

const image = {
  registryId: "111122223333",
  repositoryName: "acme-app",
  imageDigest: `sha256:${"a".repeat(64)}`,
};

test("how AWS scans a repository is asked, not taken from the file", async () => {
  const client = answeringClient((action) =>
    action === "GetRegistryScanningConfiguration"
      ? { scanningConfiguration: { scanType: "ENHANCED", rules: [] } }
      : { scanningConfigurations: [{ repositoryName: "acme-app", scanFrequency: "CONTINUOUS_SCAN" }] },
  );

  expect(await scanSettingOf(client, "acme-app")).toEqual({
    ...{ scanType: "ENHANCED", frequency: "CONTINUOUS_SCAN" },
  });
});

test.each([
  ["BASIC", "MANUAL", undefined],
  ["BASIC", "SCAN_ON_PUSH", undefined],
  ["ENHANCED", "CONTINUOUS_SCAN", /scanned continuously: Inspector scans an image again by itself/],
  ["ENHANCED", "SCAN_ON_PUSH", /push the image again under a new digest/],
  ["ENHANCED", "MANUAL", /No rule of the registry covers the repository/],
  ["ENHANCED", undefined, /No rule of the registry covers the repository/],
] as const)("%s and %s", (scanType, frequency, reason) => {
  const why = whyImpossible({ scanType, frequency }, "acme-app");

  if (reason === undefined) expect(why).toBeUndefined();
  else expect(why).toMatch(reason);
});

const now = new Date("2026-11-29T12:00:00Z");

/** @param last when the image was last scanned, in ISO 8601 */
const start = (answer: Answer, last?: string) => {
  const started: string[] = [];
  const client = answeringClient((action) => {
    if (action === "StartImageScan") {
      started.push(action);
      return answer;
    }
    return last === undefined
      ? { error: "ScanNotFoundException" }
      : { imageScanFindings: { imageScanCompletedAt: Date.parse(last) / 1000 } };
  });
  return startScan(client, image, now).then((outcome) => ({ ...outcome, calls: started.length }));
};

test("a scan is started, or refused with what to do", async () => {
  expect(await start({})).toEqual({ state: "started", calls: 1 });
  expect(await start({}, "2026-11-28T11:00:00Z")).toEqual({ state: "started", calls: 1 });
  expect(await start({ error: "UnsupportedImageTypeException" })).toMatchObject({ state: "refused" });
  await expect(start({ error: "RepositoryNotFoundException" })).rejects.toThrow();
});

test("an image that was scanned in the last day is not tried, and the time of the next try is named", async () => {
  expect(await start({}, "2026-11-29T11:00:00Z")).toEqual({
    state: "refused",
    reason:
      "ECR scanned it at 2026-11-29T11:00:00.000Z, and scans an image at most once in 24 hours; try again from about 2026-11-30T11:00:00.000Z",
    calls: 0,
  });
});

test("where only ECR knows of the last scan, its refusal is explained", async () => {
  expect(await start({ error: "LimitExceededException" })).toMatchObject({
    state: "refused",
    reason: expect.stringMatching(/at most once in 24 hours/),
  });
});
