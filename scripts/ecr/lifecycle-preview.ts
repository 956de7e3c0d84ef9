import type { Command } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { composedPolicyOf } from "../../environments/plan/lifecycle";
import { replicasOf } from "../../environments/plan/replicas";
import { repositoryName } from "../../environments/plan/repository-names";
import { simulateLifecycle } from "../../modules/ecr/lifecycle/lifecycle-simulator";
import type { RepositoryAddress } from "../../modules/ecr/repository/repository-address";
import { counted } from "../../modules/values/counted";
import { listedProject } from "../environment-files/listed-project";
import { CommandError } from "../runner/command";
import { noSuchName } from "../runner/no-such-name";
import { imagesInFile } from "./image-file";
import type { ImageInput, RepositoryId } from "./image-input";
import { digestsIn, inUseOption } from "./in-use-input";
import { notesOnFile, notesOnPipelines } from "./preview-notes";
import { asJson, asText } from "./preview-output";
import { requiredRepositoryOption } from "./repository-option";
import { type LiveOptions, withLiveOptions } from "./running/live-options";
import { type UsedImages, usedInRepository } from "./running/used-in-repository";
import { missingImage, usedImages } from "./used-images";
import { chosenEnvironment, type SetExitCode, type VerbHelp, type VerbOptions, verb } from "./verb";

interface PreviewOptions extends VerbOptions, LiveOptions {
  readonly repository: string;
  readonly images?: string;
  readonly inUse: readonly string[];
  readonly live?: boolean;
}

const help: VerbHelp = {
  notes: `An image is in use if the environment file names it, if --in-use does, or, with --live, if it runs: in tasks and services of
Amazon ECS and in functions of AWS Lambda in the environment's account, in accounts of roles (--role), and in pods of
Kubernetes (--kube-context, --pods).

Needs no credentials with --images. Without it, manifest lists and OCI image manifests are read, which ECR counts as pulls
of these: https://github.com/aws/containers-roadmap/issues/2390`,
  exitCodes: {
    0: "no image in use goes",
    2: "an image in use would be removed or archived",
    1: "it cannot be told",
  },
  examples: [
    "--env prod --repository web-app",
    "--env prod --repository web-app --live --kube-context prod",
    "--env dev --repository web-app --images docs/examples/images.json",
  ],
};

/**
 * `lifecycle preview`: which images of a repository expire or are archived when ECR next applies the lifecycle policy of the
 * environment file.
 *
 * @param setExitCode receives the exit code
 */
export function previewCommand(setExitCode: SetExitCode): Command {
  const command = verb(
    "preview",
    "Show which images ECR removes or archives when it next applies the lifecycle policy, and why.",
    help,
    "lifecycle",
  )
    .addOption(requiredRepositoryOption())
    .option("--images <file>", "read the output of aws ecr describe-images instead of calling AWS")
    .addOption(inUseOption())
    .option("--live", "ask AWS and Kubernetes which images run");
  return withLiveOptions(command).action(async (options: PreviewOptions) =>
    setExitCode(await preview(options)),
  );
}

async function preview(options: PreviewOptions): Promise<number> {
  const { repository, images: file, json = false } = options;
  const environment = chosenEnvironment(options);
  const { policy } = composedPolicyOf(repositoryNamed(environment, repository));
  const givenDigests = digestsIn(options.inUse);
  const name = repositoryName(environment, repository);
  const address = { registryId: environment.accountId, repositoryName: name };
  const images = file === undefined ? await fromAws(environment, address) : imagesInFile(file, address);
  const simulation = simulateLifecycle(policy, images, new Date());
  const running = await runningOf(options, environment, { ...environment, name }, images);
  const {
    byDigest,
    missing,
    used: usedDigests,
  } = usedImages(
    environment,
    repository,
    images,
    [...givenDigests, ...running.byDigest.keys()],
    listedProject().environments,
  );
  const previewed = simulation.outcomes.map((outcome) => ({
    ...outcome,
    inUse: usedDigests.has(outcome.image.imageDigest),
    usedBy: byDigest.get(outcome.image.imageDigest) ?? [],
    runBy: running.byDigest.get(outcome.image.imageDigest) ?? [],
  }));
  const lostInUse = previewed.filter(({ action, inUse: runs }) => runs && action !== "KEEP");
  process.stdout.write(json ? asJson(name, simulation, previewed) : asText(name, simulation, previewed));
  if (!json && file !== undefined)
    for (const note of notesOnFile(policy, images)) process.stderr.write(`Note: ${note}\n`);
  if (!options.live && givenDigests.length === 0)
    for (const note of notesOnPipelines(environment, repository)) process.stderr.write(`Note: ${note}\n`);
  for (const consumer of missing) process.stderr.write(`${missingImage(environment, name, consumer)}.\n`);
  const existing = new Set(images.map(({ imageDigest }) => imageDigest));
  for (const unknown of new Set(givenDigests.filter((digest) => !existing.has(digest))))
    process.stderr.write(`--in-use: ${name} has no image ${unknown}.\n`);
  for (const line of [...running.missing, ...running.unseen]) process.stderr.write(`${line}\n`);
  if (lostInUse.length > 0)
    process.stderr.write(
      `${counted(lostInUse.length, "image", "images")} in use would be removed or archived.\n`,
    );
  return lostInUse.length > 0 ? 2 : 0;
}

/** What runs of a repository, if the user asks for it. @throws CommandError when a place cannot be read */
async function runningOf(
  options: PreviewOptions,
  environment: Environment,
  repository: RepositoryAddress,
  images: readonly ImageInput[],
): Promise<UsedImages & { readonly unseen: readonly string[] }> {
  const { live = false, role, region, kubeContext, pods } = options;
  if (!live) {
    if ([role, region, kubeContext, pods].some((values) => values.length > 0))
      throw new CommandError("--role, --region, --kube-context and --pods say where images run; add --live");
    return { byDigest: new Map(), missing: [], unseen: [] };
  }
  const { askWhatRuns } = await import("./running/ask-what-runs.js");
  const { images: running, unseen } = await askWhatRuns(environment, options);
  const elsewhere = replicasOf(environment).filter(({ name }) => name === repository.name);
  const replicas = elsewhere.map(({ region: one }) => one).join(", ");
  const own = `Its replicas in ${replicas} have images and policies of their own, which were not looked at.`;
  return {
    ...usedInRepository(running, repository, images),
    unseen: elsewhere.length === 0 ? unseen : [...unseen, own],
  };
}

function repositoryNamed({ name, ecr }: Environment, repo: string) {
  const found = Object.hasOwn(ecr.repositories, repo) ? ecr.repositories[repo] : undefined;
  if (found !== undefined) return found;
  throw noSuchName("repository", repo, name, Object.keys(ecr.repositories));
}

/** Loads the AWS SDK only when needed. */
async function fromAws(environment: Environment, repository: RepositoryId): Promise<ImageInput[]> {
  const { AccountConnection } = await import("./account-connection.js");
  const { liveImages } = await import("./live-images.js");
  const account = await AccountConnection.open(environment);
  return account.ask(repository.repositoryName, () => liveImages(account.ecr(), repository));
}
