import { Command, Option } from "commander";
import { repositoryName } from "../../environments/naming";
import type { Environment } from "../../environments/plan/environment";
import { composedPolicyOf } from "../../environments/plan/lifecycle";
import { simulateLifecycle } from "../../modules/ecr/lifecycle/lifecycle-simulator";
import { suggest } from "../../modules/values/suggestion";
import { listedProject } from "../environment-files/listed-project";
import { credentialProblem } from "../failures/credentials";
import { CommandError } from "../runner/command";
import { environmentNamed } from "../runner/selection";
import { imagesInFile } from "./image-file";
import type { ImageInput, RepositoryId } from "./image-input";
import { digestsIn } from "./in-use-input";
import { notesOnFile } from "./preview-notes";
import { asJson, asText, counted } from "./preview-output";
import { missingImage, usedImages } from "./used-images";

interface PreviewOptions {
  readonly env: string;
  readonly repo: string;
  readonly images?: string;
  readonly inUse: readonly string[];
  readonly json?: boolean;
}

/**
 * `lifecycle preview`: which images of a repository expire or are archived when ECR next applies the lifecycle policy of the
 * environment file.
 *
 * @param setExitCode receives the exit code: 2 if an image in use would be removed or archived
 */
export function lifecycleCommand(setExitCode: (exitCode: number) => void): Command {
  const command = new Command("preview")
    .description(
      "Show which images ECR removes or archives when it next applies the lifecycle policy, and why.",
    )
    .requiredOption("--env <name>", "environment, e.g. prod")
    .requiredOption("--repo <name>", "short name of a repository, e.g. web-app")
    .option("--images <file>", "read the output of aws ecr describe-images instead of calling AWS")
    .addOption(
      new Option(
        "--in-use <digest|file>",
        "digest of an image in use, or a file with one per line; can be repeated",
      )
        .argParser(collect)
        .default([], "none"),
    )
    .option("--json", "print JSON")
    .action(async (options: PreviewOptions) => setExitCode(await preview(options)));
  return new Command("lifecycle").description("Lifecycle policies.").addCommand(command);
}

const collect = (value: string, earlier: string[]): string[] => [...earlier, value];

async function preview(options: PreviewOptions): Promise<number> {
  const { env, repo, images: file, json = false } = options;
  const environment = environmentNamed(env, listedProject().environments);
  const { policy } = composedPolicyOf(repositoryNamed(environment, repo));
  const givenDigests = digestsIn(options.inUse);
  const name = repositoryName(environment, repo);
  const repository = { registryId: environment.accountId, repositoryName: name };
  const images = file === undefined ? await fromAws(environment, repository) : imagesInFile(file, repository);
  const simulation = simulateLifecycle(policy, images, new Date());
  const { byDigest, missing, used: usedDigests } = usedImages(environment, repo, images, givenDigests);
  const previewed = simulation.outcomes.map((outcome) => ({
    ...outcome,
    inUse: usedDigests.has(outcome.image.imageDigest),
    usedBy: byDigest.get(outcome.image.imageDigest) ?? [],
  }));
  const lostInUse = previewed.filter(({ action, inUse: runs }) => runs && action !== "KEEP");
  process.stdout.write(json ? asJson(name, simulation, previewed) : asText(name, simulation, previewed));
  if (!json && file !== undefined)
    for (const note of notesOnFile(policy, images)) process.stderr.write(`Note: ${note}\n`);
  for (const consumer of missing) process.stderr.write(`${missingImage(environment, name, consumer)}.\n`);
  const existing = new Set(images.map(({ imageDigest }) => imageDigest));
  for (const unknown of new Set(givenDigests.filter((digest) => !existing.has(digest))))
    process.stderr.write(`--in-use: ${name} has no image ${unknown}.\n`);
  if (lostInUse.length > 0)
    process.stderr.write(
      `${counted(lostInUse.length, "image", "images")} in use would be removed or archived.\n`,
    );
  return lostInUse.length > 0 ? 2 : 0;
}

function repositoryNamed({ name, ecr }: Environment, repo: string) {
  const found = Object.hasOwn(ecr.repositories, repo) ? ecr.repositories[repo] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(ecr.repositories);
  throw new CommandError(
    `There is no repository "${repo}" in ${name}; ${suggest(repo, names) ?? `choose from ${names.join(", ")}`}`,
  );
}

/** Loads the AWS SDK only when needed. */
async function fromAws(environment: Environment, repository: RepositoryId): Promise<ImageInput[]> {
  const { region } = environment;
  const { ECRClient } = await import("@aws-sdk/client-ecr");
  const { liveImages } = await import("./live-images.js");
  try {
    return await liveImages(new ECRClient({ region }), repository);
  } catch (error) {
    const { name, message } = error as Error;
    const problem = credentialProblem(`${name}: ${message}`, environment);
    throw new CommandError(
      `${repository.repositoryName} in account ${repository.registryId}, ${region} cannot be read: ${problem ?? `${name}: ${message}`}`,
    );
  }
}
