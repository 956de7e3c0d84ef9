import fc from "fast-check";
import { expect, test } from "vitest";
import type { Activity } from "../../../../../scripts/ecr/metrics/activity";
import { chartOf, fitted } from "../../../../../scripts/ecr/metrics/chart";
import { asJson, asText } from "../../../../../scripts/ecr/metrics/metrics-output";
import { pushSourceOf } from "../../../../../scripts/ecr/metrics/pushes";
import { first, totalsOf } from "../../../../../scripts/ecr/metrics/repository-totals";
import { lastDays } from "../../../../../scripts/ecr/metrics/time-window";

const activity: Activity = {
  environment: "dev",
  window: lastDays(4, new Date("2026-11-29T10:00:00Z")),
  pushSource: "images",
  repositories: [
    { repositoryName: "acme-dev-worker", pulls: [0, 1, 0, 0], pushes: [0, 0, 0, 1] },
    { repositoryName: "acme-dev-web-app", pulls: [5, 0, 7, 2], pushes: [1, 1, 0, 0] },
  ],
  missing: ["acme-dev-new"],
};

test("without a terminal there is a table of the days, and no chart", () => {
  const text = asText(activity, undefined);

  expect(text).toMatch(/2026-11-26 00:00 │ 5 +│ 1/);
  expect(text).toMatch(/2026-11-28 00:00 │ 7 +│ 0/);
  expect(text).not.toContain("┤");
  expect(text.indexOf("acme-dev-web-app │ 14")).toBeLessThan(text.indexOf("acme-dev-worker"));
  expect(text).toContain("acme-dev-new does not exist; deploy the environment first.");
  expect(text).toContain("AWS has no metric for pushes");
});

test("a terminal gets a chart of pulls and one of pushes", () => {
  const text = asText(activity, { columns: 80, colours: false });

  expect(text).toContain("Pulls by day, 2026-11-26 00:00 to 2026-11-30 00:00: 15");
  expect(text).toContain("Pushes by day, 2026-11-26 00:00 to 2026-11-30 00:00: 3");
  expect(text).toContain("┤");
});

test("JSON has the value of each period", () => {
  expect(asJson(activity)).toMatchObject({
    ...{ periodSeconds: 86_400, pushSource: "images", missing: ["acme-dev-new"] },
    periods: expect.arrayContaining(["2026-11-26T00:00:00.000Z"]),
    repositories: [{ repository: "acme-dev-worker", pulls: { total: 1, values: [0, 1, 0, 0] } }, {}],
  });
});

const values = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 500 });

test("a chart is as wide as the terminal at most, and a few lines high", () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 24, max: 300 }), (of, columns) => {
      const lines = chartOf(of, columns, false).split("\n");
      expect(lines.length).toBeLessThanOrEqual(7);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    }),
  );
});

test("values that are too many are drawn by the highest of some, so that no peak is lost", () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 10, max: 120 }), (of, width) => {
      const drawn = fitted(of, width);
      expect(drawn.length).toBeLessThanOrEqual(width);
      expect(Math.max(...drawn)).toBe(Math.max(...of));
    }),
  );
});

test("nothing at all is a chart too", () => {
  expect(chartOf([0, 0, 0], 80, false)).toContain("0");
});

test("push events are counted where the environment logs them", () => {
  const of = (enableDashboard: boolean) =>
    pushSourceOf({ ecr: { enableDashboard, enableScanFindingsLogging: true } } as never);

  expect([of(true), of(false)]).toEqual(["events", "images"]);
});

const list = "application/vnd.oci.image.index.v1+json";

async function* images() {
  yield {
    imageSizeInBytes: 5,
    imageScanFindingsSummary: { findingSeverityCounts: { CRITICAL: 1, HIGH: 2, LOW: 9 } },
  };
  yield { imageSizeInBytes: 7 };
  yield { imageSizeInBytes: 7, imageManifestMediaType: list };
}

test("a list counts as an image, but not its size, which is that of an image in it", async () => {
  expect(await totalsOf(images())).toEqual({ size: 12, images: 3, findings: 3, unscanned: 1 });
});

test("the first repositories are in the order asked for, equal ones by name", () => {
  const repository = (repositoryName: string, pulls: number, size: number) => ({
    ...{ repositoryName, pulls, size, images: 0, findings: 0, unscanned: 0 },
  });
  const totals = [repository("b", 1, 9), repository("c", 2, 1), repository("a", 1, 5)];
  const names = (by: "pulls" | "size") => first(totals, by, 2).map(({ repositoryName }) => repositoryName);

  expect(names("pulls")).toEqual(["c", "a"]);
  expect(names("size")).toEqual(["b", "a"]);
});
