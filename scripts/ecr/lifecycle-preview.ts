import Table from "cli-table3";
import { Command } from "commander";
import { loadProject } from "../../app";
import { definitions } from "../../environments/all";
import { repositoryName } from "../../environments/naming";
import { type Consumer, describeConsumer } from "../../environments/plan/consumers";
import type { Environment } from "../../environments/plan/environment";
import { imagesInUse } from "../../environments/plan/images-in-use";
import { composedPolicyOf } from "../../environments/plan/lifecycle";
import { renderPath } from "../../environments/schema/problem";
import { inUse } from "../../modules/ecr/lifecycle/image-relations";
import type { Outcome } from "../../modules/ecr/lifecycle/lifecycle-outcome";
import { type Simulation, simulateLifecycle } from "../../modules/ecr/lifecycle/lifecycle-simulator";
import { suggest } from "../../modules/values/suggestion";
import { CommandError } from "../runner/command";
import { environmentNamed } from "../runner/selection";
import { digestsIn, type ImageInput, type ImagePlace, imagesInFile, isList } from "./image-input";

interface PreviewOptions {
  readonly env: string;
  readonly repo: string;
  readonly images?: string;
  readonly inUse: readonly string[];
  readonly json?: boolean;
}

/** An outcome, whether something runs the image, and what of the environment file does. */
type Judged = Outcome & { readonly inUse: boolean; readonly usedBy: readonly Consumer[] };

/**
 * `lifecycle preview`: which images of a repository go when ECR next applies the policy of the environment file.
 *
 * @param finish gets the exit code: 2 when an image in use would go
 */
export function lifecycleCommand(finish: (exitCode: number) => void): Command {
  const preview = new Command("preview")
    .description("Show which images go when ECR next applies the lifecycle policy, and why.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .requiredOption("--repo <name>", "short name of a repository, e.g. web-app")
    .option("--images <file>", "output of aws ecr describe-images, instead of asking AWS")
    .option("--in-use <digest|file>", "a digest that runs, or a file of them; may be repeated", collect, [])
    .option("--json", "print JSON")
    .action(async (options: PreviewOptions) => finish(await run(options)));
  return new Command("lifecycle").description("Lifecycle policies.").addCommand(preview);
}

const collect = (value: string, earlier: string[]): string[] => [...earlier, value];

async function run({ env, repo, images: file, inUse: used, json = false }: PreviewOptions): Promise<number> {
  const environment = environmentNamed(env, loadProject(definitions).environments);
  const { policy } = composedPolicyOf(repositoryNamed(environment, repo));
  const running = digestsIn(used);
  const name = repositoryName(environment, repo);
  const place = { registryId: environment.accountId, repositoryName: name };
  const images = file === undefined ? await fromAws(environment, place) : imagesInFile(file, place);
  const simulation = simulateLifecycle(policy, images, new Date());
  const { byDigest, missing } = imagesInUse(environment, repo, images);
  const usedDigests = inUse([...running, ...byDigest.keys()], images);
  const judged = simulation.outcomes.map((outcome) => ({
    ...outcome,
    inUse: usedDigests.has(outcome.image.imageDigest),
    usedBy: byDigest.get(outcome.image.imageDigest) ?? [],
  }));
  const lost = judged.filter(({ action, inUse: runs }) => runs && action !== "KEEP");
  process.stdout.write(json ? asJson(name, simulation, judged) : asText(name, simulation, judged));
  if (!json && file !== undefined) noteUnknownLists(images);
  for (const {
    path,
    options: { image },
  } of missing)
    process.stderr.write(
      `${environment.file}: ${renderPath([...path, "image"])}: ${name} holds no image ${image.tag ?? image.digest}.\n`,
    );
  const held = new Set(images.map(({ imageDigest }) => imageDigest));
  for (const digest of new Set(running.filter((one) => !held.has(one))))
    process.stderr.write(`--in-use: ${name} holds no image ${digest}.\n`);
  if (lost.length > 0) process.stderr.write(`${counted(lost.length, "image", "images")} in use would go.\n`);
  return lost.length > 0 ? 2 : 0;
}

function repositoryNamed({ name, ecr }: Environment, repo: string) {
  const found = Object.hasOwn(ecr.repositories, repo) ? ecr.repositories[repo] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(ecr.repositories);
  throw new CommandError(
    `There is no repository "${repo}" in ${name}; ${suggest(repo, names) ?? `there are ${names.join(", ")}`}`,
  );
}

/** Loads the AWS SDK only when it is needed. */
async function fromAws({ region }: Environment, place: ImagePlace): Promise<ImageInput[]> {
  const { ECRClient } = await import("@aws-sdk/client-ecr");
  const { liveImages } = await import("./live-images.js");
  try {
    return await liveImages(new ECRClient({ region }), place);
  } catch (error) {
    const { name, message } = error as Error;
    throw new CommandError(
      `${place.repositoryName} in account ${place.registryId}, ${region} cannot be read: ${name}: ${message}`,
    );
  }
}

function asJson(repository: string, { summary }: Simulation, judged: readonly Judged[]): string {
  const results = judged.map(({ image, action, appliedRulePriority, reason, inUse: runs, usedBy }) => ({
    imageDigest: image.imageDigest,
    imageTags: image.imageTags ?? [],
    imagePushedAt: image.imagePushedAt.toISOString(),
    ...(action !== "KEEP" && {
      action: { type: action, ...(action === "TRANSITION" && { targetStorageClass: "ARCHIVE" }) },
    }),
    ...(appliedRulePriority !== undefined && { appliedRulePriority }),
    reason,
    inUse: runs,
    usedBy: usedBy.map(({ path }) => renderPath(path)),
  }));
  return `${JSON.stringify({ repository, previewResults: results, summary }, null, 2)}\n`;
}

function asText(repository: string, { summary }: Simulation, judged: readonly Judged[]): string {
  const going = judged.filter(({ action }) => action !== "KEEP");
  const table = new Table({
    head: ["image", "tags", "pushed", "", "why"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const { image, action, reason, inUse: runs, usedBy } of going)
    table.push([
      image.imageDigest.slice(0, 19),
      (image.imageTags ?? []).join(" ") || "-",
      image.imagePushedAt.toISOString().slice(0, 10),
      `${action === "EXPIRE" ? "expires" : "is archived"}${runs ? ` (in use${usedBy.map((consumer) => ` by ${describeConsumer(consumer)}`).join(" and")}!)` : ""}`,
      reason,
    ]);
  const archived = summary.transitioningImageTotalCounts[0]?.imageTotalCount ?? 0;
  const kept = judged.length - summary.expiringImageTotalCount - archived;
  const numbers = [
    counted(judged.length, "image", "images"),
    counted(summary.expiringImageTotalCount, "expires", "expire"),
    counted(archived, "is archived", "are archived"),
    counted(kept, "stays", "stay"),
  ];
  const total = `${repository}: ${numbers.join(", ")}. ECR acts within 24 hours.`;
  return going.length === 0 ? `${total}\n` : `${table.toString()}\n${total}\n`;
}

const counted = (count: number, one: string, several: string): string =>
  `${count} ${count === 1 ? one : several}`;

function noteUnknownLists(images: readonly ImageInput[]): void {
  const silent = images.filter((image) => isList(image) && image.references === undefined);
  if (silent.length > 0)
    process.stderr.write(
      `Note: the file holds manifest lists (${silent.length}) without the images that they name (references), so images that only a list keeps may be shown as going.\n`,
    );
}
