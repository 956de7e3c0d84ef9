import { expect, test } from "vitest";
import {
  activeFindings,
  imagePushes,
  type MetricFilter,
  scanFindings,
} from "../../../../../modules/ecr/monitoring/image-metrics";
import { eventKinds } from "../../../../support/ecr/event-kinds";
import { counted } from "../../../../support/ecr/metric-filter";
import { basicScan, enhancedScan, imageFinding, push } from "../../../../support/ecr-events";

const name = "myproject-prod-web-app";

/** What each kind of event adds to a metric, without those that add nothing. */
const countedIn = (metric: MetricFilter) =>
  Object.fromEntries(
    Object.entries(eventKinds).flatMap(([kind, event]) => {
      const found = counted(metric, event(name));
      return found === undefined ? [] : [[kind, found]];
    }),
  );

test("a push counts as one, for its repository, and nothing else counts", () => {
  expect(countedIn(imagePushes)).toEqual({ push: { value: 1, dimension: name } });
  expect(counted(imagePushes, push("myproject-prod-worker"))).toEqual({
    value: 1,
    dimension: "myproject-prod-worker",
  });
});

test.each([
  ["a basic scan", basicScan(name), { "ScanFindings-CRITICAL": 10, "ScanFindings-MEDIUM": 9 }],
  [
    "the first scan by Inspector",
    enhancedScan(name),
    { "ScanFindings-CRITICAL": 7, "ScanFindings-HIGH": 61, "ScanFindings-MEDIUM": 62 },
  ],
  ["a scan without findings", basicScan(name, {}), {}],
  ["a single finding", imageFinding(name), {}],
  ["a push", push(name), {}],
])("%s adds its findings by severity", (_, event, expected) => {
  const sums = scanFindings.flatMap((metric) => {
    const found = counted(metric, event);
    return found === undefined ? [] : [[metric.name, found.value]];
  });

  expect(Object.fromEntries(sums)).toEqual(expected);
});

test("a finding of Inspector counts as one for its severity as long as it is active", () => {
  expect(countedIn(activeFindings)).toEqual({
    "critical finding": { value: 1, dimension: "CRITICAL" },
    "high finding": { value: 1, dimension: "HIGH" },
    "low finding": { value: 1, dimension: "LOW" },
  });
});
