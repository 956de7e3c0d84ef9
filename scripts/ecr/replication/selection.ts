import { Command, Option } from "commander";
import type { Environment } from "../../../environments/plan/environment";
import {
  type ReplicatedRepository,
  replicatedRepositories,
} from "../../../environments/plan/replicated-repositories";
import { suggest } from "../../../modules/values/suggestion";
import { listedProject } from "../../environment-files/listed-project";
import { CommandError } from "../../runner/command";
import { environmentNamed } from "../../runner/selection";
import { repositoryOption } from "../repository-option";

/** Which replicas a command is about. */
export interface ReplicaSelection {
  readonly env: string;
  readonly repository?: string;
  readonly to?: string;
}

/** A command with the options that select replicas. */
export function replicaCommand(name: string): Command {
  return new Command(name)
    .addOption(new Option("--env <name>", "environment, e.g. prod").makeOptionMandatory())
    .addOption(repositoryOption("only this repository, by its short name, e.g. web-app"))
    .option("--to <region>", "only replicas in this Region, e.g. us-west-2");
}

/** The environment and its repositories, with the selected destinations only. @throws CommandError when there are none */
export function selectReplicas({ env, repository, to }: ReplicaSelection): {
  environment: Environment;
  repositories: ReplicatedRepository[];
} {
  const environment = environmentNamed(env, listedProject().environments);
  const replicated = replicatedRepositories(environment);
  if (replicated.length === 0)
    throw new CommandError(
      `${environment.file} replicates nothing; set enableReplication and replicationDestinations of a repository`,
    );
  const known = {
    repository: replicated.map(({ shortName }) => shortName),
    to: [...new Set(replicated.flatMap(({ destinations }) => destinations.map(({ region }) => region)))],
  };
  if (repository !== undefined && !known.repository.includes(repository))
    throw new CommandError(
      `--repository: ${env} has no replicated repository "${repository}"; ${suggest(repository, known.repository) ?? `choose from ${known.repository.join(", ")}`}`,
    );
  if (to !== undefined && !known.to.includes(to))
    throw new CommandError(
      `--to: ${env} replicates nothing to "${to}"; ${suggest(to, known.to) ?? `choose from ${known.to.join(", ")}`}`,
    );
  const repositories = replicated
    .filter(({ shortName }) => repository === undefined || shortName === repository)
    .map((one) => ({
      ...one,
      destinations: one.destinations.filter(({ region }) => to === undefined || region === to),
    }))
    .filter(({ destinations }) => destinations.length > 0);
  if (repositories.length === 0)
    throw new CommandError(`${environment.file} does not replicate ${repository} to ${to}`);
  return { environment, repositories };
}
