import { type Command, InvalidArgumentError } from "commander";
import type { Environment } from "../../../environments/plan/environment";
import { counted } from "../preview-output";
import type { ComparedReplica, Comparison } from "./comparison";
import { asText } from "./comparison-output";
import { type ReplicaSelection, replicaCommand, selectReplicas } from "./selection";
import { exitCodeOf, writeProblems } from "./status";

interface BackfillOptions extends ReplicaSelection {
  readonly apply?: boolean;
  readonly copy?: boolean;
  readonly poll: number;
}

const help = `
Without --apply, nothing is changed.

With --apply, ECR replicates what was pushed before the registry did (StartReplicationBackfill). It takes all
repositories of the registry that its rules replicate to the Region, also those of other environments and teams. The
command waits for it; Ctrl-C stops the waiting, not the backfill.

With --apply --copy, this machine copies the missing images of the environment through the ECR API: for a Region where
ECR has no backfill, for what it could not replicate, and for part of a registry (--repo). Layers and manifests keep
their bytes and digests, which are checked. After Ctrl-C or a failure, run it again: what is there is not copied again.
  - ECR notes a pull of each image in the source, which lifecycle rules by pull time count.
  - ECR treats the copy as a push, so the rules of the replica's own registry apply to it.

Both need the replica's repository: ECR would create it with AES256 and mutable tags.

Exit codes: 0 nothing is missing (any more), 2 something is missing, 1 something failed, 130 after Ctrl-C.

Examples:
  npm run ecr -- replication backfill --env prod
  npm run ecr -- replication backfill --env prod --apply
  npm run ecr -- replication backfill --env prod --to us-west-2 --repo web-app --apply --copy`;

/**
 * `replication backfill`: bring to replicas what was pushed before the registry replicated it.
 *
 * @param setExitCode receives the exit code
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication-backfill.html
 */
export function backfillCommand(setExitCode: (exitCode: number) => void): Command {
  return replicaCommand("backfill")
    .description(
      "Bring missing images to the replicas. Shows what is missing; changes nothing without --apply.",
    )
    .option("--apply", "start the backfill in ECR, and wait until it has ended")
    .option("--copy", "copy through the ECR API instead")
    .option("--poll <seconds>", "how often to ask ECR how far it is", seconds, 10)
    .addHelpText("after", help)
    .action(async (options: BackfillOptions) => setExitCode(await backfill(options)));
}

async function backfill({
  apply = false,
  copy = false,
  poll,
  ...selection
}: BackfillOptions): Promise<number> {
  const { environment, repositories } = selectReplicas(selection);
  const { RegistryConnection } = await import("./registry-connection.js");
  const { compareReplicas } = await import("./comparison.js");
  const connection = await RegistryConnection.open(environment);
  const comparison = await compareReplicas(connection, repositories);
  process.stdout.write(asText(environment, comparison, new Date()));
  const obstacles = comparison.replicas.flatMap((replica) => obstaclesTo(replica, environment, copy));
  const problems = [...comparison.problems, ...obstacles];
  const incomplete = comparison.replicas.filter(({ lacking }) => lacking.length > 0);
  if (!apply || incomplete.length === 0) {
    if (incomplete.length > 0) process.stdout.write(nextStep(comparison, copy));
    writeProblems(problems);
    return exitCodeOf({ ...comparison, problems });
  }
  const possible = incomplete.filter((replica) => obstaclesTo(replica, environment, copy).length === 0);
  const { copyMissing, backfillInEcr } = await import("./apply.js");
  problems.push(
    ...(copy ? await copyMissing(connection, possible) : await backfillInEcr(connection, possible, poll)),
  );
  const after = await compareReplicas(connection, repositories);
  process.stdout.write(`\nAfterwards:\n${asText(environment, after, new Date())}`);
  problems.push(...after.problems);
  writeProblems([...new Set(problems)]);
  return exitCodeOf({ ...after, problems });
}

/** Why a replica cannot be completed, and what to do. */
function obstaclesTo(replica: ComparedReplica, environment: Environment, copy: boolean): string[] {
  const { repository, destination, lacking, configured, exists } = replica;
  if (lacking.length === 0) return [];
  const place = `account ${destination.registryId}, ${destination.region}`;
  const obstacles: string[] = [];
  if (!exists)
    obstacles.push(
      `${repository} does not exist in ${place}; create it first (npm run deploy -- ${environment.name}), because ECR would create it with AES256 and mutable tags`,
    );
  if (!configured && !copy)
    obstacles.push(
      `The registry does not replicate ${repository} to ${place} yet; deploy it first: npm run deploy -- ${environment.name} --layer registry`,
    );
  return obstacles;
}

function nextStep({ replicas }: Comparison, copy: boolean): string {
  const regions = new Set(
    replicas
      .filter(({ lacking }) => lacking.length > 0)
      .map(({ destination: { registryId, region } }) => `${registryId} ${region}`),
  );
  return copy
    ? "Nothing was changed. With --apply, these images are copied through the ECR API.\n"
    : `Nothing was changed. With --apply, ECR runs ${counted(regions.size, "backfill", "backfills")} (${[...regions].join(", ")}), each for all repositories of the registry that it replicates there.\n`;
}

function seconds(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value))
    throw new InvalidArgumentError("Use a whole number of seconds, 1 to 9999.");
  return Number(value);
}
