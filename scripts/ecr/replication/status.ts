import type { Command } from "commander";
import { wholeNumber } from "../../runner/whole-number";
import { helpText, type VerbHelp } from "../verb";
import type { Comparison } from "./comparison";
import { asJson, asText } from "./comparison-output";
import { type ReplicaSelection, replicaCommand, selectReplicas } from "./selection";

interface StatusOptions extends ReplicaSelection {
  readonly grace: number;
  readonly json?: boolean;
}

/** What nobody should expect of replication. https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html */
const help: VerbHelp = {
  notes: `ECR replicates an image when it is pushed or restored. It does not replicate
  - images pushed before the registry replicated their repository (see: replication backfill)
  - repositories that no replication filter matches
  - archived images
  - deletions: a replica keeps an image until its own lifecycle policy expires it
  - replicas: an image is replicated once, never onward from a replica
  - a tag that the replica has, immutable, on another image: the image arrives without the tag
An image that the replica's lifecycle policy expired is reported as missing.`,
  exitCodes: { 0: "nothing is missing", 1: "not everything could be compared", 2: "something is missing" },
  examples: ["--env prod", "--env prod --to us-west-2 --repository web-app", "--env prod --grace 60 --json"],
};

/**
 * `replication status`: which images the replicas of an environment lack.
 *
 * @param setExitCode receives the exit code
 */
export function statusCommand(setExitCode: (exitCode: number) => void): Command {
  return replicaCommand("status")
    .description("Compare the images of each repository with its replicas, and list what is missing.")
    .option(
      "--grace <minutes>",
      "do not count images pushed in the last minutes, which may be on their way",
      minutes,
      0,
    )
    .option("--json", "print JSON")
    .addHelpText("after", helpText("replication status", help))
    .action(async ({ json = false, grace, ...selection }: StatusOptions) => {
      const { environment, repositories } = selectReplicas(selection);
      const { connect, compare } = await live();
      const now = new Date();
      const before = grace === 0 ? undefined : new Date(now.getTime() - grace * 60_000);
      const comparison = await compare(await connect(environment), repositories, before);
      process.stdout.write(
        json
          ? `${JSON.stringify(asJson(environment, comparison), null, 2)}\n`
          : asText(environment, comparison, now),
      );
      if (!json && comparison.replicas.some(({ lacking }) => lacking.length > 0))
        process.stdout.write(
          `ECR does not replicate images pushed before its rule, archived images and what no filter matches: see --help.\nTo complete the replicas: npm run ecr -- replication backfill --env ${environment.name}\n`,
        );
      writeProblems(comparison.problems);
      setExitCode(exitCodeOf(comparison));
    });
}

const minutes = wholeNumber({ from: 0, to: 99_999, unit: "minutes" });

/** Loads the AWS SDK only when needed. */
async function live() {
  const { RegistryConnection } = await import("./registry-connection.js");
  const { compareReplicas } = await import("./comparison.js");
  return { connect: RegistryConnection.open, compare: compareReplicas };
}

/** 1 if a replica could not be compared, otherwise 2 if one lacks something. */
export function exitCodeOf({ replicas, problems }: Comparison): number {
  if (problems.length > 0) return 1;
  return replicas.some(({ lacking }) => lacking.length > 0) ? 2 : 0;
}

/** One list of what went wrong, on standard error. */
export function writeProblems(problems: readonly string[]): void {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0)
    process.stderr.write(`${problems.length} problem${problems.length === 1 ? "" : "s"}.\n`);
}
