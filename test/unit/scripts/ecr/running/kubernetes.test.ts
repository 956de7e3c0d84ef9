import { describe, expect, test } from "vitest";
import { runningInFile, runningInPods } from "../../../../../scripts/ecr/running/kubernetes";

const digest = `sha256:${"a".repeat(64)}`;
const pod = (name: string, phase: string, statuses: object[], image = "web:v1") => ({
  kind: "Pod",
  metadata: { name, namespace: "prod" },
  spec: { containers: [{ name: "web", image }] },
  status: { phase, containerStatuses: statuses },
});
const list = (...items: object[]) => JSON.stringify({ kind: "List", items });

describe("pods", () => {
  test("are read by the digests that run and by what they ask for", () => {
    const running = runningInPods(
      list(pod("web-1", "Running", [{ image: "web:v1", imageID: `web@${digest}` }])),
      "pods.json",
    );

    expect(running).toEqual([
      { uri: `web@${digest}`, user: "pod prod/web-1 (pods.json)" },
      { uri: "web:v1", user: "pod prod/web-1 (pods.json)" },
    ]);
  });

  test("that have not started are known by what they ask for", () => {
    const running = runningInPods(
      list(pod("web-2", "Pending", [{ image: "web:v2", imageID: "" }], "web:v2")),
      "pods.json",
    );

    expect(running.map(({ uri }) => uri)).toEqual(["web:v2"]);
  });

  test("that have ended run nothing", () => {
    const ended = ["Succeeded", "Failed"].map((phase) => pod("job", phase, []));

    expect(runningInPods(list(...ended), "pods.json")).toEqual([]);
  });

  test("count init containers and ephemeral containers", () => {
    const debugged = {
      metadata: { name: "web-3" },
      spec: {
        containers: [],
        initContainers: [{ image: "migrate:v1" }],
        ephemeralContainers: [{ image: "debug:v1" }],
      },
    };

    expect(runningInPods(list(debugged), "pods.json").map(({ uri }) => uri)).toEqual([
      "migrate:v1",
      "debug:v1",
    ]);
  });
});

test.each([
  ["no JSON", "pods", /^pods\.json: .*; save the output of kubectl get pods --all-namespaces --output json/],
  ["no list", "{}", /^pods\.json is not a list of pods \(/],
  ["other objects", list({ kind: "Service", metadata: { name: "a" }, spec: {} }), /not a list of pods/],
])("%s is refused", (_, text, message) => {
  expect(() => runningInPods(text, "pods.json")).toThrow(message);
});

test("a file that is not there is told", () => {
  expect(() => runningInFile("no-such-file.json")).toThrow(/^--pods: ENOENT/);
});
