import { expect, test } from "vitest";
import { startBackfill, watchBackfill } from "../../../../../scripts/ecr/replication/ecr-backfill";
import { type Answer, answeringClient } from "../../../../support/ecr/answering-client";

const destination = { region: "us-west-2", registryId: "111122223333" };
const [first, second] = ["11111111", "22222222"].map((start) => `${start}-0000-0000-0000-000000000000`);
const digest = `sha256:${"0".repeat(64)}`;

/** Answers one call after the other, and notes the calls. */
function answers(...all: readonly Answer[]) {
  const calls: [string, object][] = [];
  const rest = [...all];
  const client = answeringClient((action, input) => {
    calls.push([action, input]);
    return rest.shift() ?? { error: "NoMoreAnswersException" };
  });
  return { client, calls };
}

const watch = (client: ReturnType<typeof answers>["client"], signal = new AbortController().signal) => {
  const seen: string[] = [];
  const onProgress = ({ total, done }: { total: number; done: number }) => void seen.push(`${done}/${total}`);
  return { seen, problems: watchBackfill(client, first ?? "", { seconds: 0.001, signal, onProgress }) };
};

const progress = (total: number, completed: number, failed: number) => ({
  totalReplicationCount: total,
  completedReplicationCount: completed,
  failedReplicationCount: failed,
  failureCodes: [],
});

test("a backfill is started for one destination", async () => {
  const { client, calls } = answers({ replicationBackfillId: first });

  expect(await startBackfill(client, destination)).toEqual({ id: first, isEarlier: false });
  expect(calls).toEqual([["StartReplicationBackfill", { destination }]]);
});

test("one in progress to the same Region is found, on any page", async () => {
  const { client } = answers(
    { error: "ReplicationBackfillInProgressException" },
    {
      backfills: [
        { replicationBackfillId: first, destination, status: "COMPLETE" },
        {
          replicationBackfillId: first,
          destination: { ...destination, region: "eu-west-1" },
          status: "IN_PROGRESS",
        },
      ],
      nextToken: "2",
    },
    { backfills: [{ replicationBackfillId: second, destination, status: "STOPPING" }] },
  );

  expect(await startBackfill(client, destination)).toEqual({ id: second, isEarlier: true });
});

test("another refusal is passed on", async () => {
  const { client } = answers({ error: "ValidationException" });

  await expect(startBackfill(client, destination)).rejects.toThrow(
    expect.objectContaining({ name: "ValidationException" }),
  );
});

test("the progress is reported until the end, and a complete backfill has no problems", async () => {
  const { client } = answers(
    { status: "PREPARING" },
    { status: "IN_PROGRESS", progress: progress(5, 2, 0) },
    { status: "STOPPING", progress: progress(5, 3, 0) },
    { status: "COMPLETE", progress: progress(5, 5, 0) },
    { results: [] },
  );
  const { seen, problems } = watch(client);

  expect(await problems).toEqual([]);
  expect(seen).toEqual(["0/0", "2/5", "3/5", "5/5"]);
});

test("a failed backfill has its code and one line for each image, on any page", async () => {
  const failed = { repositoryName: "app", status: "FAILED", failureCode: "ImageNotFound" };
  const { client, calls } = answers(
    { status: "FAILED", failureCode: "TooManyFailures", destination, progress: progress(200, 50, 150) },
    { results: [{ ...failed, imageId: { imageDigest: digest, imageTag: "v1" } }], nextToken: "2" },
    { results: [{ ...failed, imageId: { imageDigest: digest }, subImageFailureCodes: ["A", "B"] }] },
  );

  expect(await watch(client).problems).toEqual([
    "The backfill to account 111122223333, us-west-2 ended with status FAILED (TooManyFailures).",
    `app:v1@${digest} was not replicated to account 111122223333, us-west-2: ImageNotFound`,
    `app@${digest} was not replicated to account 111122223333, us-west-2: ImageNotFound, A, B`,
  ]);
  expect(calls.slice(1).map(([, input]) => input)).toEqual([
    { replicationBackfillId: first, resultStatusFilter: "FAILED", maxResults: 1000 },
    { replicationBackfillId: first, resultStatusFilter: "FAILED", maxResults: 1000, nextToken: "2" },
  ]);
});

test("a signal ends the waiting", async () => {
  const { client } = answers({ status: "PREPARING" });
  const controller = new AbortController();
  const waiting = watchBackfill(client, first ?? "", {
    seconds: 600,
    signal: controller.signal,
    onProgress: () => setTimeout(() => controller.abort(), 5),
  });

  await expect(waiting).rejects.toThrow(/abort/i);
});
