import { type Command, InvalidArgumentError, Option } from "commander";
import { buildTarget } from "../../../environments/plan/build-platforms";
import type { Environment } from "../../../environments/plan/environment";
import { renderPath } from "../../../environments/schema/problem";
import { CommandError } from "../../runner/command";
import { nameOf } from "../image/image-id";
import { requiredRepositoryOption } from "../repository-option";
import { chosenEnvironment, type VerbHelp, type VerbOptions, verb, writeResult } from "../verb";
import { chosenRepository } from "./chosen-repository";
import { chosenHost, type EndpointOptions, endpointOption } from "./endpoint-option";
import { type ContainerClient, containerClients } from "./login-commands";
import { type Push, pushSteps } from "./push-steps";
import { urlOf } from "./registry-url";
import { asScript, isTag } from "./shell-step";

interface PushOptions extends VerbOptions, EndpointOptions {
  readonly repository: string;
  readonly tag?: string;
  readonly context: string;
  readonly client: ContainerClient;
}

const help: VerbHelp = {
  notes: `Needs no credentials: it prints commands for a POSIX shell, with comments, and runs none.
The image is built for the architectures that the environment file declares for the consumers of the repository, or for
both if its multiArchitecture is true. Images for Lambda are built without a manifest list, which Lambda refuses.`,
  silent: true,
  exitCodes: { 0: "the commands are printed", 1: "nothing can be pushed there" },
  examples: [
    "--env dev --repository web-app",
    "--env dev --repository web-app --tag v1.2.3 --client podman",
    "--env dev --repository web-app --context services/web --json",
  ],
};

/** `push-commands`: what builds and pushes an image. Calls nothing. */
export function pushCommandsCommand(): Command {
  return verb("push-commands", "Print the commands that build an image, push it and read its digest.", help)
    .addOption(requiredRepositoryOption())
    .option("--tag <tag>", "tag of the image (default: the commit)", tagOption)
    .option("--context <folder>", "folder with the Dockerfile", ".")
    .addOption(
      new Option("--client <program>", "program that builds").choices(containerClients).default("docker"),
    )
    .addOption(endpointOption())
    .action((options: PushOptions) => {
      const push = pushOf(chosenEnvironment(options), options);
      const steps = pushSteps(push);
      writeResult(options, { url: push.url, platforms: push.platforms, steps }, () => asScript(steps));
    });
}

function pushOf(environment: Environment, options: PushOptions): Push {
  const { repository, endpoint, tag, context, client } = options;
  if (Object.hasOwn(environment.ecr.pullThroughCache, repository.split("/")[0] ?? ""))
    throw new CommandError(
      `"${repository}" is in a pull-through cache, which ECR fills; pull from it: npm run ecr -- pull-commands --env ${environment.name}`,
    );
  nameOf(repository, environment);
  const chosen = chosenRepository(environment, { repository });
  const { multiArchitecture = false } = environment.ecr.repositories[repository] ?? {};
  const target = buildTarget(environment, repository);
  return {
    client,
    repository,
    context,
    tag,
    name: chosen.name,
    accountId: chosen.accountId,
    region: chosen.region,
    host: chosenHost(chosen, endpoint),
    url: urlOf(chosen, endpoint) ?? "",
    platforms: multiArchitecture ? ["linux/amd64", "linux/arm64"] : target.platforms,
    declaredBy: multiArchitecture
      ? renderPath(["ecr", "repositories", repository, "multiArchitecture"])
      : target.paths.map((path) => renderPath(path)).join(" and "),
    forLambda: target.forLambda,
  };
}

function tagOption(value: string): string {
  if (isTag(value)) return value;
  throw new InvalidArgumentError(
    "A tag has 1 to 128 letters, digits, ., _ and - and does not start with . or -.",
  );
}
