import type { Command } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { replicasOf } from "../../environments/plan/replicas";
import { CommandError } from "../runner/command";
import { interruptible } from "../runner/interruption";
import { nameOf } from "./image/image-id";
import { type ProtectedRepository, protectRepository } from "./protection/protect-repository";
import { protectionText } from "./protection/protection-output";
import { makesTags } from "./protection/protection-plan";
import { repositoryOption } from "./repository-option";
import { type LiveOptions, withLiveOptions } from "./running/live-options";
import {
  chosenEnvironment,
  type SetExitCode,
  type VerbHelp,
  type VerbOptions,
  verb,
  writeResult,
} from "./verb";

interface ProtectOptions extends VerbOptions, LiveOptions {
  readonly repository?: string;
  readonly tag: string;
  readonly apply?: boolean;
  readonly release?: boolean;
}

const help: VerbHelp = {
  notes: `Lifecycle rules know tags, not what runs. This command gives each image that runs a tag, such as running-8d1f0c5be4a2,
which the repository's protectedTags keep, in its replicas too. Without --apply, nothing is changed. ECR treats a new tag as a
push: the tag is replicated, and counts for rules of the destination.

With --release, the tag is taken from images that no longer run. An image whose only tag it is stays: ECR deletes an image
with its last tag. Release only when everything that may run images was asked: --role, --region, --kube-context, --pods.`,
  exitCodes: {
    0: "every image that runs is protected",
    2: "some are not",
    1: "it cannot be told, or something failed",
    130: "after Ctrl-C",
  },
  examples: [
    "--env prod",
    "--env prod --repository web-app --kube-context prod --apply",
    "--env prod --apply --release",
  ],
};

/**
 * `lifecycle protect`: tag the images that run, so that no lifecycle rule removes them.
 *
 * @param setExitCode receives the exit code
 */
export function protectCommand(setExitCode: SetExitCode): Command {
  const command = verb(
    "protect",
    "Tag the images that run, so that the lifecycle policy keeps them. Changes nothing without --apply.",
    help,
    "lifecycle",
  )
    .addOption(repositoryOption("only this repository, by its short name, e.g. web-app"))
    .option("--tag <pattern>", "the pattern of protectedTags to make the tags of", "running-*")
    .option("--apply", "change tags")
    .option("--release", "also take the tag from images that no longer run");
  return withLiveOptions(command).action(async (options: ProtectOptions) =>
    setExitCode(await protect(options)),
  );
}

async function protect(options: ProtectOptions): Promise<number> {
  const { repository, tag: pattern, apply = false, release = false } = options;
  const environment = chosenEnvironment(options);
  if (!makesTags(pattern))
    throw new CommandError(
      `--tag: no tags can be made of "${pattern}"; use a pattern with an asterisk, such as running-*`,
    );
  const repositories = chosenRepositories(environment, repository);
  const { AccountConnection } = await import("./account-connection.js");
  const { askWhatRuns } = await import("./running/ask-what-runs.js");
  const account = await AccountConnection.open(environment);
  const { images: running, unseen } = await askWhatRuns(environment, options);
  const results = await interruptible(
    async (signal) => {
      const done: ProtectedRepository[] = [];
      for (const shortName of repositories)
        for (const region of regionsOf(environment, shortName))
          done.push(
            await protectRepository(account, {
              ...{ shortName, region, running, pattern, apply, release, signal },
            }),
          );
      return done;
    },
    () => "Tags that were changed stay. Run the command again to go on.",
  );
  writeResult(options, { repositories: results, unseen }, () => protectionText(results, { apply, release }));
  for (const line of unseen) process.stderr.write(`${line}\n`);
  if (results.some(({ problems }) => problems.length > 0)) return 1;
  return results.some(({ unprotected }) => unprotected > 0) ? 2 : 0;
}

/** Where the environment has images of a repository: its own Region, then those of replicas. */
const regionsOf = (environment: Environment, shortName: string): string[] => [
  environment.region,
  ...replicasOf(environment).flatMap(({ repository, region }) => (repository === shortName ? [region] : [])),
];

/** Short names of the chosen repositories. @throws CommandError when there is none of that name */
function chosenRepositories(environment: Environment, repo: string | undefined): string[] {
  if (repo === undefined) return Object.keys(environment.ecr.repositories);
  nameOf(repo, environment);
  return [repo];
}
