import { expect, test } from "vitest";
import {
  type DashboardContent,
  dashboardBody,
  maxRepositoryLines,
} from "../../../../../modules/ecr/monitoring/dashboard-body";
import {
  activeFindings,
  imagePushes,
  scanFindings,
} from "../../../../../modules/ecr/monitoring/image-metrics";

type Row = (string | { id?: string; expression?: string; label?: string; visible?: boolean })[];

interface Widget {
  x: number;
  y: number;
  width: number;
  height: number;
  properties: { title: string; region: string; stat: string; period: number; metrics: Row[] };
}

const repositories = (count: number) => Array.from({ length: count }, (_, i) => `acme-test-app-${i}`);

const bodyOf = (change: Partial<DashboardContent> = {}) => {
  const content = { region: "eu-west-1", namespace: "acme-test/ECR", scanType: "BASIC", ...change } as const;
  return dashboardBody({ repositories: repositories(2), ...content });
};

const widgetsOf = (change: Partial<DashboardContent> = {}): Widget[] => JSON.parse(bodyOf(change)).widgets;

const titlesOf = (scanType: "BASIC" | "ENHANCED") =>
  widgetsOf({ scanType }).map(({ properties }) => properties.title);

/** The metrics that a dashboard reads, without expressions. */
const metricsOf = (widgets: Widget[]) =>
  widgets.flatMap(({ properties }) => properties.metrics).filter(([first]) => typeof first === "string");

test("the dashboard shows pulls, pushes, findings and the usage of quotas", () => {
  expect(titlesOf("BASIC")).toEqual([
    "Pulls by repository",
    "Pushes by repository",
    "Findings in scanned images, by severity",
    "API calls of the account and Region, in % of the quota",
  ]);
});

test("individual findings are shown only if Amazon Inspector scans", () => {
  const more = titlesOf("ENHANCED").filter((title) => !titlesOf("BASIC").includes(title));

  expect(more).toEqual(["Findings that Amazon Inspector reports as new or changed, by severity"]);
});

test("every metric is one that AWS documents or that is counted from events", () => {
  const known = [
    "AWS/ECR RepositoryPullCount RepositoryName",
    "AWS/Usage CallCount Type Resource Service Class",
    ...[imagePushes, ...scanFindings, activeFindings].map(({ name, dimension }) =>
      ["acme-test/ECR", name, ...(dimension ? [dimension[0]] : [])].join(" "),
    ),
  ];
  const signature = (row: Row) => {
    const [namespace, name, ...dimensions] = row.filter((part) => typeof part === "string");
    return [namespace, name, ...dimensions.filter((_, index) => index % 2 === 0)].join(" ");
  };

  const used = new Set(metricsOf(widgetsOf({ scanType: "ENHANCED" })).map(signature));

  expect([...used].toSorted()).toEqual(known.toSorted());
});

test("each repository has its own line, sorted by name", () => {
  const [pulls, pushes] = widgetsOf({ repositories: ["acme-test-b", "acme-test-a"] });

  expect([pulls?.properties.metrics, pushes?.properties.metrics]).toEqual([
    ["acme-test-a", "acme-test-b"].map((name) => [
      "AWS/ECR",
      "RepositoryPullCount",
      "RepositoryName",
      name,
      { label: name },
    ]),
    ["acme-test-a", "acme-test-b"].map((name) => [
      "acme-test/ECR",
      "ImagePushes",
      "RepositoryName",
      name,
      { label: name },
    ]),
  ]);
});

test("for many repositories the busiest are queried, and the title says among which", () => {
  const [pulls, pushes] = widgetsOf({ repositories: repositories(maxRepositoryLines + 1) });

  expect(pulls?.properties).toMatchObject({
    title: "Pulls: the 50 busiest repositories of the account and Region",
    metrics: [
      [
        {
          expression:
            'SELECT SUM(RepositoryPullCount) FROM SCHEMA("AWS/ECR", RepositoryName) GROUP BY RepositoryName ORDER BY SUM() DESC LIMIT 50',
        },
      ],
    ],
  });
  expect(pushes?.properties).toMatchObject({
    title: "Pushes: the 50 busiest repositories",
    metrics: [
      [
        {
          expression:
            'SELECT SUM(ImagePushes) FROM SCHEMA("acme-test/ECR", RepositoryName) GROUP BY RepositoryName ORDER BY SUM() DESC LIMIT 50',
        },
      ],
    ],
  });
});

test.each([0, 1, maxRepositoryLines, maxRepositoryLines + 1, 5000])(
  "the limits of CloudWatch hold with %i repositories",
  (count) => {
    const widgets = widgetsOf({ repositories: repositories(count), scanType: "ENHANCED" });

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
    expect(widgets.length).toBeLessThanOrEqual(500);
    for (const { properties } of widgets) expect(properties.metrics.length).toBeLessThanOrEqual(500);
    expect(metricsOf(widgets).length).toBeLessThanOrEqual(2500);
  },
);

test("each counted call of the API is compared with its quota, both per second", () => {
  const { period, metrics = [] } = widgetsOf().at(-1)?.properties ?? {};
  const calls = metrics.flatMap(([first]) => (typeof first === "object" ? first.label : []));

  expect(period).toBe(60);
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/monitoring-usage.html
  expect(calls).toEqual([
    "GetAuthorizationToken",
    "BatchCheckLayerAvailability",
    "InitiateLayerUpload",
    "UploadLayerPart",
    "CompleteLayerUpload",
    "PutImage",
    "BatchGetImage",
    "GetDownloadUrlForLayer",
  ]);
  expect(metrics).toEqual(
    calls.flatMap((call, i) => {
      const usage = [
        "AWS/Usage",
        "CallCount",
        "Type",
        "API",
        "Resource",
        call,
        "Service",
        "ECR",
        "Class",
        "None",
      ];
      const expression = `100 * m${i} / PERIOD(m${i}) / SERVICE_QUOTA(m${i})`;
      return [[{ expression, label: call, id: `e${i}` }], [...usage, { id: `m${i}`, visible: false }]];
    }),
  );
});

test("widgets fit the grid of 24 columns without overlapping", () => {
  const cells = widgetsOf({ scanType: "ENHANCED" }).map(({ x, y, width, height }) => {
    expect(x + width).toBeLessThanOrEqual(24);
    return `${x / width} ${y / height}`;
  });

  expect(new Set(cells).size).toBe(cells.length);
});

test("the order of the repositories makes no difference", () => {
  const names = repositories(5);

  expect(bodyOf({ repositories: names.toReversed() })).toBe(bodyOf({ repositories: names }));
});
