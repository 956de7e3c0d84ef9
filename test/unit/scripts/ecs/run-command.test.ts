import { expect, test } from "vitest";
import { awaitEnd } from "../../../../scripts/ecs/run-command";

test("a task is looked at until it has stopped, and no longer than was asked for", async () => {
  const waits: number[] = [];
  const patience = { wait: async (milliseconds: number) => waits.push(milliseconds) };
  const states = ["PENDING", "RUNNING", "STOPPED"];
  const look = async () => ({ lastStatus: states.shift() ?? "RUNNING" });

  expect(await awaitEnd({ taskArn: "arn:1", lastStatus: "PROVISIONING" }, look, 60, patience)).toEqual({
    taskArn: "arn:1",
    lastStatus: "STOPPED",
  });
  expect(waits).toEqual([5000, 5000, 5000]);
  expect(await awaitEnd({ taskArn: "arn:2" }, look, 10, patience)).toMatchObject({ lastStatus: "RUNNING" });
  expect(waits).toHaveLength(5);
});
