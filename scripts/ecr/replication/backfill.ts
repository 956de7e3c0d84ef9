import type { Command } from "commander";
import { counted } from "../../../modules/values/counted";
import { CommandError } from "../../runner/command";
import { wholeNumber } from "../../runner/whole-number";
import { helpText, type VerbHelp } from "../verb";
import type { Comparison } from "./comparison";
import { asJson, asText } from "./comparison-output";
import { completable, obstaclesTo } from "./obstacles";
import { type ReplicaSelection, replicaCommand, selectReplicas } from "./selection";
import { exitCodeOf, writeProblems } from "./status";

interface BackfillOptions extends ReplicaSelection {
  readonly apply?: boolean;
  readonly copy?: boolean;
  readonly poll: number;
  readonly json?: boolean;
}

const help: VerbHelp = {
  notes: `Without --apply, nothing is changed.

With --apply, ECR replicates the images that were pushed before replication was configured (StartReplicationBackfill). It
takes all repositories that the registry replicates to the Region, also those of other environments and teams, so --repository
needs --copy. The command waits for it; Ctrl-C stops the waiting, not the backfill.

With --apply --copy, this machine copies the missing images of the environment through the ECR API: for a Region where
ECR has no backfill, for what it could not replicate, and for part of a registry (--repository). Layers and manifests keep
their bytes and digests, which are checked. After Ctrl-C or a failure, run it again: what is there is not copied again.
  - ECR records a pull of each image in the source, which lifecycle rules with sinceImagePulled count.
  - ECR treats the copy as a push, so the replication rules of the replica's own registry apply to it.

Both need the replica's repository: ECR would create it with AES256 and mutable tags.

With --json, standard output has "before" and, if something was done, "after", each as replication status prints it.`,
  exitCodes: {
    0: "nothing is missing",
    1: "something failed",
    2: "something is missing",
    130: "after Ctrl-C",
  },
  examples: [
    "--env prod",
    "--env prod --apply",
    "--env prod --to us-west-2 --repository web-app --apply --copy",
  ],
};

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
    .option("--copy", "with --apply: copy through the ECR API instead")
    .option("--poll <seconds>", "time between two requests for the progress of the backfill", seconds, 10)
    .option("--json", "print JSON")
    .addHelpText("after", helpText("replication backfill", help))
    .action(async (options: BackfillOptions) => setExitCode(await backfill(options)));
}

async function backfill({
  apply = false,
  copy = false,
  poll,
  json = false,
  ...selection
}: BackfillOptions): Promise<number> {
  const { environment, repositories } = selectReplicas(selection);
  const { repository } = selection;
  if (apply && !copy && repository !== undefined)
    throw new CommandError(
      `--repository: ECR backfills all repositories that the registry replicates to a Region; add --copy to copy only ${repository}, or remove --repository`,
    );
  const copies = copy || repository !== undefined;
  const { RegistryConnection } = await import("./registry-connection.js");
  const { compareReplicas } = await import("./comparison.js");
  const connection = await RegistryConnection.open(environment);
  const comparison = await compareReplicas(connection, repositories);
  const write = (text: string) => json || process.stdout.write(text);
  const writeJson = (after?: Comparison) => {
    const result = {
      before: asJson(environment, comparison),
      ...(after && { after: asJson(environment, after) }),
    };
    if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  };
  write(asText(environment, comparison, new Date()));
  const obstacles = comparison.replicas.flatMap((replica) => obstaclesTo(replica, environment, copies));
  const problems = [...comparison.problems, ...obstacles];
  const incomplete = comparison.replicas.filter(({ lacking }) => lacking.length > 0);
  if (!apply || incomplete.length === 0) {
    if (incomplete.length > 0) write(nextStep(comparison, copies));
    writeJson();
    writeProblems(problems);
    return exitCodeOf({ ...comparison, problems });
  }
  const possible = completable(comparison.replicas, copy);
  const { copyMissing, backfillInEcr } = await import("./apply.js");
  problems.push(
    ...(copy ? await copyMissing(connection, possible) : await backfillInEcr(connection, possible, poll)),
  );
  const after = await compareReplicas(connection, repositories);
  write(`\nAfterwards:\n${asText(environment, after, new Date())}`);
  writeJson(after);
  problems.push(...after.problems);
  writeProblems([...new Set(problems)]);
  return exitCodeOf({ ...after, problems });
}

function nextStep({ replicas }: Comparison, copy: boolean): string {
  const regions = new Set(
    replicas
      .filter(({ lacking }) => lacking.length > 0)
      .map(({ destination: { registryId, region } }) => `${registryId} ${region}`),
  );
  return copy
    ? "Nothing was changed. With --apply --copy, these images are copied through the ECR API.\n"
    : `Nothing was changed. With --apply, ECR runs ${counted(regions.size, "backfill", "backfills")} (${[...regions].join(", ")}), each for all repositories of the registry that it replicates there.\n`;
}

const seconds = wholeNumber({ from: 1, to: 9_999, unit: "seconds" });
