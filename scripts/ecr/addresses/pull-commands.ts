import { type Command, Option } from "commander";
import { type BuildPlatform, platformOf } from "../../../environments/plan/build-platforms";
import { consumersOf, describeConsumer, isDeployedByPipeline } from "../../../environments/plan/consumers";
import type { Environment } from "../../../environments/plan/environment";
import { otherRepository } from "../../../environments/plan/other-registries";
import type { AddressedRepository } from "../../../environments/plan/repository-addresses";
import { CommandError } from "../../runner/command";
import { statusCommands } from "../../runner/status-commands";
import { chosenEnvironment, type VerbHelp, type VerbOptions, verb, writeResult } from "../verb";
import { chosenRepository, repositoryForms } from "./chosen-repository";
import { chosenHost, type EndpointOptions, endpointOption } from "./endpoint-option";
import { type ContainerClient, containerClients, loginCommand } from "./login-commands";
import { urlOf } from "./registry-url";
import { asScript, type ShellStep } from "./shell-step";

interface PullOptions extends VerbOptions, EndpointOptions {
  readonly image?: string;
  readonly region?: string;
  readonly client: ContainerClient;
}

const help: VerbHelp = {
  notes: `Needs no credentials: it prints commands for a POSIX shell, with comments, and runs none.
Without --image: every image that a consumer of the environment file runs, for the architecture that it declares. The file does
not have the images that pipelines deploy: a comment says which command prints their digests.
The first pull of an image through a cache also needs ecr:CreateRepository and ecr:BatchImportUpstreamImage.`,
  silent: true,
  exitCodes: { 0: "the commands are printed", 1: "there is no such repository, or no image to pull" },
  examples: [
    "--env dev --image web-app:v1.2.3",
    "--env dev --image docker-hub/library/nginx:1.29",
    "--env prod --image web-app:v1.2.3 --region us-west-2 --json",
    "--env prod",
  ],
};

/** An image to pull. */
interface Pulled {
  readonly repository: string;
  /** With what comes before it, e.g. `:v1` or `@sha256:…`. */
  readonly reference: string;
  readonly platform: BuildPlatform | undefined;
}

/** `pull-commands`: what pulls images. Calls nothing. */
export function pullCommandsCommand(): Command {
  return verb("pull-commands", "Print the commands that log in and pull images.", help)
    .option("--image <image>", `<repository>:<tag> or <repository>@<digest>: ${repositoryForms}`)
    .option("--region <region>", "Region of a replica")
    .addOption(
      new Option("--client <program>", "program that pulls").choices(containerClients).default("docker"),
    )
    .addOption(endpointOption())
    .action((options: PullOptions) => {
      const environment = chosenEnvironment(options);
      const steps = pullSteps(environment, options);
      writeResult(options, { steps }, () => asScript(steps));
    });
}

/** The steps that log in to each registry of the images once, and pull them. */
export function pullSteps(
  environment: Environment,
  options: Pick<PullOptions, "image" | "region" | "client" | "endpoint">,
): ShellStep[] {
  const { image, region, client, endpoint } = options;
  const images = image === undefined ? imagesRun(environment) : [named(image)];
  const further = image === undefined ? leftOut(environment) : [];
  if (images.length === 0)
    throw new CommandError(
      [
        `No consumer in ${environment.file} names a tag or digest${further.length > 0 ? " that Terraform deploys" : " yet"}; name an image with --image, e.g. --image web-app:v1.2.3`,
        ...further.map(({ title }) => title),
      ].join("\n"),
    );
  const pulls = images.map((one) => {
    const { repository } = one;
    const chosen =
      repositoryOfOthers(repository) ??
      chosenRepository(environment, { repository, ...(region !== undefined && { region }) });
    return { ...one, chosen, url: urlOf(chosen, endpoint) };
  });
  const logins = pulls.map(({ chosen }) => loginCommand(client, chosen.region, chosenHost(chosen, endpoint)));
  return [
    {
      title: "Log in: the password is valid for 12 hours",
      commands: [...new Set(logins)],
    },
    {
      title: "Pull",
      commands: pulls.map(
        ({ url, reference, platform }) =>
          `${client} pull${platform === undefined ? "" : ` --platform ${platform}`} ${url}${reference}`,
      ),
    },
    ...further,
  ];
}

/** A step without commands that names the consumers whose images pipelines deploy. */
function leftOut(environment: Environment): ShellStep[] {
  const consumers = consumersOf(environment).filter(isDeployedByPipeline);
  if (consumers.length === 0) return [];
  const names = consumers.map(describeConsumer).join(", ");
  const commands = statusCommands(consumers, environment.name).join(" and ");
  return [{ title: `Not pulled: pipelines deploy the images of ${names}; see ${commands}`, commands: [] }];
}

/** The repository of another account at that URL. The environment has no replica of it, so its Region stays. */
function repositoryOfOthers(repository: string): AddressedRepository | undefined {
  const other = otherRepository(repository);
  return other && { kind: "unmanaged", repository, ...other };
}

/** The images that consumers run, each once for a platform. */
function imagesRun(environment: Environment): Pulled[] {
  const all = consumersOf(environment).flatMap((consumer) => {
    const { options } = consumer;
    const { repository, tag, digest } = options.image;
    if (isDeployedByPipeline(consumer) || (tag === undefined && digest === undefined)) return [];
    const reference = digest === undefined ? `:${tag}` : `@${digest}`;
    return [{ repository, reference, platform: platformOf(options) }];
  });
  return [...new Map(all.map((one) => [`${one.repository}${one.reference} ${one.platform}`, one])).values()];
}

function named(image: string): Pulled {
  const [, repository, reference] =
    /^([^:@]+)(:[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}|@sha256:[0-9a-f]{64})$/.exec(image) ?? [];
  if (repository === undefined || reference === undefined)
    throw new CommandError(
      `--image: "${image}" names no image; use <repository>:<tag> or <repository>@<digest>`,
    );
  return { repository, reference, platform: undefined };
}
