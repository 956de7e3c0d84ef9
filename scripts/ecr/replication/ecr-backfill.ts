import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeReplicationBackfillResultsCommand,
  type DescribeReplicationBackfillResultsResponse,
  type ECRClient,
  paginateDescribeReplicationBackfillResults,
  paginateListReplicationBackfills,
  type ReplicationBackfillResult,
  StartReplicationBackfillCommand,
} from "@aws-sdk/client-ecr";
import type { Destination } from "../../../modules/ecr/registry/registry-requests";

/** Statuses in which a backfill has not ended. */
const running = ["PREPARING", "IN_PROGRESS", "STOPPING"];

/** A backfill that ECR carries out. */
export interface StartedBackfill {
  readonly id: string;
  /** Whether it was already in progress. */
  readonly isEarlier: boolean;
}

/**
 * Let ECR replicate the images to a destination that were pushed before its registry did. ECR takes all repositories of the
 * registry that its rules replicate there. It runs one backfill to a Region at a time: one in progress is returned.
 *
 * @throws Error when ECR refuses
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication-backfill.html
 */
export async function startBackfill(client: ECRClient, destination: Destination): Promise<StartedBackfill> {
  try {
    const { replicationBackfillId: id = "" } = await client.send(
      new StartReplicationBackfillCommand({ destination }),
    );
    return { id, isEarlier: false };
  } catch (error) {
    if ((error as Error).name !== "ReplicationBackfillInProgressException") throw error;
    const id = await inProgress(client, destination);
    if (id === undefined) throw error;
    return { id, isEarlier: true };
  }
}

async function inProgress(client: ECRClient, { region }: Destination): Promise<string | undefined> {
  for await (const { backfills = [] } of paginateListReplicationBackfills({ client }, {}))
    for (const { destination, status = "", replicationBackfillId } of backfills)
      if (destination?.region === region && running.includes(status)) return replicationBackfillId;
  return undefined;
}

/** How far a backfill is. Each image counts once for each of its tags. */
export interface BackfillProgress {
  readonly total: number;
  readonly done: number;
}

/**
 * Wait until a backfill has ended.
 *
 * @param options.seconds between two requests
 * @returns what was not replicated, and why, one line each
 * @throws Error when the signal stops the waiting; the backfill goes on
 */
export async function watchBackfill(
  client: ECRClient,
  replicationBackfillId: string,
  options: {
    readonly seconds: number;
    readonly signal: AbortSignal;
    onProgress(progress: BackfillProgress): void;
  },
): Promise<string[]> {
  const { seconds, signal, onProgress } = options;
  for (;;) {
    const state = await client.send(
      new DescribeReplicationBackfillResultsCommand({ replicationBackfillId, maxResults: 1 }),
      { abortSignal: signal },
    );
    const {
      totalReplicationCount = 0,
      completedReplicationCount = 0,
      failedReplicationCount = 0,
    } = state.progress ?? {};
    onProgress({
      total: totalReplicationCount,
      done: completedReplicationCount + failedReplicationCount,
    });
    if (!running.includes(state.status ?? "")) return ending(client, replicationBackfillId, state);
    await sleep(seconds * 1000, undefined, { signal });
  }
}

async function ending(
  client: ECRClient,
  replicationBackfillId: string,
  { status, failureCode, destination }: DescribeReplicationBackfillResultsResponse,
): Promise<string[]> {
  const place = `account ${destination?.registryId}, ${destination?.region}`;
  const problems =
    status === "COMPLETE"
      ? []
      : [
          `The backfill to ${place} ended with status ${status}${failureCode === undefined ? "" : ` (${failureCode})`}.`,
        ];
  const request = { replicationBackfillId, resultStatusFilter: "FAILED" as const };
  for await (const { results = [] } of paginateDescribeReplicationBackfillResults(
    { client, pageSize: 1000 },
    request,
  ))
    problems.push(...results.map((result) => failureText(result, place)));
  return problems;
}

function failureText(
  { repositoryName, imageId, failureCode = "no code", subImageFailureCodes = [] }: ReplicationBackfillResult,
  place: string,
): string {
  const { imageDigest, imageTag } = imageId ?? {};
  const reference = `${repositoryName}${imageTag === undefined ? "" : `:${imageTag}`}@${imageDigest}`;
  const codes = [failureCode, ...subImageFailureCodes].join(", ");
  return `${reference} was not replicated to ${place}: ${codes}`;
}
