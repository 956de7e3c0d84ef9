import type { Destination } from "../../../modules/ecr/registry/registry-requests";
import { interruptible } from "../../runner/interruption";
import { reasonOf } from "../account-connection";
import type { ComparedReplica } from "./comparison";
import { copyImages } from "./copy/image-copy";
import { startBackfill, watchBackfill } from "./ecr-backfill";
import { ProgressBar } from "./progress-bar";
import type { RegistryConnection } from "./registry-connection";

/**
 * Copy what replicas lack through the ECR API.
 *
 * @returns what was not copied, and why, one line each
 * @throws CommandError after a signal
 */
export function copyMissing(
  connection: RegistryConnection,
  replicas: readonly ComparedReplica[],
): Promise<string[]> {
  const { environment } = connection;
  return interruptible(
    async (signal) => {
      const problems: string[] = [];
      for (const { repository: repositoryName, destination, lacking } of replicas) {
        const place = (registryId: string, region: string) => ({
          ...{ client: connection.client(region), region, registryId, repositoryName },
        });
        const bar = new ProgressBar(`${repositoryName} to ${destination.region}`, lacking.length);
        try {
          const source = place(environment.accountId, environment.region);
          const target = place(destination.registryId, destination.region);
          const progress = { image: () => bar.image(), bytes: (count: number) => bar.transferred(count) };
          problems.push(...(await copyImages({ source, target, signal }, lacking, progress)));
        } finally {
          bar.stop();
        }
      }
      return problems;
    },
    () => "What was copied stays. Run the command again to copy the rest.",
  );
}

/**
 * Let ECR replicate to each destination of incomplete replicas what was pushed before, one after the other.
 *
 * @param seconds between two requests of how far ECR is
 * @returns what was not replicated, and why, one line each
 * @throws CommandError after a signal
 */
export function backfillInEcr(
  connection: RegistryConnection,
  replicas: readonly ComparedReplica[],
  seconds: number,
): Promise<string[]> {
  const { environment } = connection;
  const client = connection.client(environment.region);
  let watched = "";
  return interruptible(
    async (signal) => {
      const problems: string[] = [];
      for (const destination of destinationsOf(replicas)) {
        const place = `account ${destination.registryId}, ${destination.region}`;
        const bar = new ProgressBar(destination.region, 0);
        try {
          const { id, isEarlier } = await startBackfill(client, destination);
          watched = id;
          if (isEarlier) process.stderr.write(`The backfill ${id} to ${place} was in progress already.\n`);
          const onProgress = (progress: { total: number; done: number }) => bar.set(progress);
          problems.push(...(await watchBackfill(client, id, { seconds, signal, onProgress })));
        } catch (error) {
          if (signal.aborted) throw error;
          problems.push(
            `ECR did not backfill ${place}: ${reasonOf(error as Error, environment)}; --copy copies the images without it`,
          );
        } finally {
          bar.stop();
        }
      }
      return problems;
    },
    () =>
      `The backfill ${watched} goes on in ECR. To stop it: aws ecr stop-replication-backfill --region ${environment.region} --replication-backfill-id ${watched}`,
  );
}

/** The destinations of replicas, each once. */
function destinationsOf(replicas: readonly ComparedReplica[]): Destination[] {
  const destinations = replicas.map(({ destination }) => destination);
  return [...new Map(destinations.map((to) => [`${to.registryId} ${to.region}`, to])).values()];
}
