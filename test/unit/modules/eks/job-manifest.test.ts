import { expect, test } from "vitest";
import { cronJobManifest, jobManifest } from "../../../../modules/eks/job-manifest";

const job = {
  ...{ name: "migrate", namespace: "shop", image: "example/web-app:v1", architecture: "x86_64" as const },
  ...{ cpu: "250m", memory: "256Mi", retries: 2, timeoutSeconds: 600, command: ["up"] },
};

test("a Job ends, is kept for a day, and runs the command of its options", () => {
  const { metadata, spec } = jobManifest({ ...job, entryPoint: ["/migrate"] });

  expect(metadata.labels).toEqual({ "app.kubernetes.io/name": "migrate" });
  expect(spec).toMatchObject({
    backoffLimit: 2,
    activeDeadlineSeconds: 600,
    ttlSecondsAfterFinished: 86_400,
  });
  expect(spec.template.spec).toMatchObject({
    restartPolicy: "Never",
    containers: [{ name: "migrate", command: ["/migrate"], args: ["up"] }],
  });
});

test("the same Job has the same name, and any other one another, because Kubernetes changes no Job", () => {
  const nameOf = (change: object) => jobManifest({ ...job, ...change }).metadata.name;
  const changes = [{}, { image: "example/web-app:v2" }, { memory: "1Gi" }, { command: ["down"] }];

  expect(nameOf({})).toMatch(/^migrate-[0-9a-f]{8}$/);
  expect(nameOf({})).toBe(nameOf({}));
  expect(new Set(changes.map(nameOf)).size).toBe(changes.length);
});

test("a CronJob has a time zone, and by its options no two Jobs at a time", () => {
  const { metadata, spec } = cronJobManifest({
    ...{ ...job, schedule: "0 3 * * *", timeZone: "Europe/Berlin", concurrency: "Forbid" },
  });

  expect(metadata.name).toBe("migrate");
  expect(spec).toMatchObject({
    ...{ schedule: "0 3 * * *", timeZone: "Europe/Berlin", concurrencyPolicy: "Forbid" },
    startingDeadlineSeconds: 300,
    jobTemplate: { spec: { backoffLimit: 2, template: { spec: { restartPolicy: "Never" } } } },
  });
});
