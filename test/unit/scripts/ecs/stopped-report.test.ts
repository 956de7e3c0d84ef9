import type { Task } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { stoppedReport } from "../../../../scripts/ecs/stopped-report";

const task = (id: string, change: Partial<Task> = {}): Task => ({
  taskArn: `arn:aws:ecs:eu-west-1:111122223333:task/acme-test/${id}`,
  stoppedReason: "Essential container in task exited",
  containers: [{ name: "web", exitCode: 1 }],
  ...change,
});

const reportOf = (tasks: readonly Task[], lines: readonly string[] = []) =>
  stoppedReport(
    {
      stopped: async () => [...tasks],
      lastLines: async (container, id) => lines.map((l) => `${container} ${id}: ${l}`),
    },
    "new",
  );

test("a task that stopped says why, with the last lines of its containers", async () => {
  const [report] = await reportOf([task("1")], ["starting\n", "no database"]);

  expect(report?.text).toMatchInlineSnapshot(`
    "Task 1 stopped: Essential container in task exited
      container web: exit code 1
      last lines of web:
        web 1: starting
        web 1: no database
    "
  `);
});

test("a container that never started says why", async () => {
  const [report] = await reportOf([
    task("1", {
      stoppedReason: "CannotPullContainerError",
      containers: [{ name: "web", reason: "CannotPullContainerError: not found" }, { name: "proxy" }],
    }),
  ]);

  expect(report?.text).toMatchInlineSnapshot(`
    "Task 1 stopped: CannotPullContainerError
      container web: CannotPullContainerError: not found
    "
  `);
});

test("of many tasks that stopped, three are shown", async () => {
  expect(await reportOf(["1", "2", "3", "4"].map((id) => task(id)))).toHaveLength(3);
});
