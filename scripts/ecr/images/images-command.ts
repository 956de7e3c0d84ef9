import { type Command, InvalidArgumentError, Option } from "commander";
import { repeated } from "../../runner/repeated-option";
import { wholeNumber } from "../../runner/whole-number";
import { chosenRepository, repositoryForms } from "../addresses/chosen-repository";
import { reading } from "../reading";
import { requiredRepositoryOption } from "../repository-option";
import { chosenEnvironment, type VerbHelp, type VerbOptions, verb } from "../verb";
import { type ImageFilter, scanStates } from "./image-filter";
import { type ImageOrder, imageOrders } from "./image-order";
import { limitOption } from "./limit-option";

interface ImagesOptions extends VerbOptions, ImageFilter {
  readonly repository: string;
  readonly region?: string;
  readonly sort: ImageOrder;
  readonly reverse?: boolean;
  readonly limit: number;
  readonly scanState?: string;
  readonly platform?: string | true;
}

const help: VerbHelp = {
  notes: `Sizes are compressed; that of a manifest list is the size of its largest image. Times are UTC. ECR records a pull at
least once every 24 hours. An image is signed if the repository has a signature of it: a referrer of the Notary Project
or cosign, or cosign's tag sha256-<digest>.sig. This does not verify it.
--platform reads the manifests, which ECR counts as a pull of each image: it changes "last pulled" and what lifecycle
rules with sinceImagePulled see. Without it nothing changes.
Images stream page by page. An order holds the fields printed of at most --limit images; --sort none holds none.`,
  exitCodes: { 0: "the images are listed", 1: "they cannot be read", 130: "stopped with Ctrl-C" },
  examples: [
    "--env dev --repository web-app",
    "--env prod --repository web-app --tag 'v1.*' --sort tag --limit 20",
    "--env prod --repository web-app --untagged --pushed-before 30 --sort size",
    "--env prod --repository web-app --unsigned --json",
    "--env dev --repository docker-hub/library/nginx --limit all",
  ],
};

/** `images`: the images of a repository, with filters and an order. */
export function imagesCommand(): Command {
  return verb("images", "List the images of a repository.", help)
    .addOption(requiredRepositoryOption(repositoryForms))
    .option("--region <region>", "Region of a replica")
    .addOption(
      new Option(
        "--tag <pattern>",
        "only images with such a tag; * matches any text; can be repeated",
      ).argParser(repeated),
    )
    .addOption(new Option("--tagged", "only images with a tag").conflicts("untagged"))
    .addOption(new Option("--untagged", "only images without a tag").conflicts("tag"))
    .addOption(new Option("--signed", "only signed images").conflicts("unsigned"))
    .option("--unsigned", "only images without a signature")
    .addOption(new Option("--kind <kind>", "only these entries").choices(["image", "list", "referrer"]))
    .addOption(
      new Option("--status <status>", "only images in this state").choices([
        "ACTIVE",
        "ARCHIVED",
        "ACTIVATING",
      ]),
    )
    .addOption(
      new Option("--scan-state <state>", "only images whose scan is in this state").choices(scanStates),
    )
    .option("--pushed-before <days>", "only images pushed at least so many days ago", days)
    .option("--not-pulled-for <days>", "only images not pulled for so many days, or ever", days)
    .option("--larger-than <megabytes>", "only images of at least this size", megabytes)
    .option("--platform [platform]", "show the platforms, or only images for this one, e.g. linux/arm64")
    .addOption(new Option("--sort <order>", "order").choices(imageOrders).default("pushed"))
    .option("--reverse", "the other way round: oldest, smallest or last first")
    .option("--limit <number>", "how many to list, or all", limitOption, 100)
    .action((options: ImagesOptions) => reading((signal) => list(options, signal)));
}

async function list(options: ImagesOptions, signal: AbortSignal): Promise<void> {
  const environment = chosenEnvironment(options);
  const { sort, reverse = false, limit: most, scanState, platform } = options;
  const repository = chosenRepository(environment, options);
  const { AccountConnection, RepositoryReader, listImages, writeJson, writeText } = await live();
  const account = await AccountConnection.open(environment);
  const counts = { total: 0, matching: 0 };
  const listing = { filter: options, sort, reverse, limit: most, scanState, platform };
  const rows = listImages(new RepositoryReader(account, repository, signal), listing, counts);
  await (options.json === true ? writeJson : writeText)(repository, rows, counts);
}

const days = wholeNumber({ from: 0, to: 99_999, unit: "days" });

function megabytes(value: string): number {
  if (!/^\d{1,7}(?:\.\d+)?$/.test(value))
    throw new InvalidArgumentError("Use a number of megabytes, e.g. 500.");
  return Number(value) * 1_000_000;
}

/** Loads the AWS SDK only when needed. */
async function live() {
  return {
    ...(await import("../account-connection.js")),
    ...(await import("./repository-reader.js")),
    ...(await import("./listing.js")),
    ...(await import("./image-output.js")),
  };
}
