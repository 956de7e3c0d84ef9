import { type Command, InvalidArgumentError, Option } from "commander";
import type { Environment } from "../../../environments/plan/environment";
import { wholeNumber } from "../../runner/whole-number";
import { nameOf } from "../image/image-id";
import { repositoryOption } from "../repository-option";
import { chosenEnvironment, type VerbHelp, type VerbOptions, verb, writeResult } from "../verb";
import { daysOfMonth, generalAssumptions, imageAssumptions } from "./assumptions";
import { asJson, asText } from "./cost-output";
import type { CostReport } from "./cost-report";
import { declaredCost } from "./declared-cost";
import type { MeasuredCost } from "./measured-cost";

interface CostOptions extends VerbOptions {
  readonly repository?: string;
  readonly declared?: boolean;
  readonly layers?: boolean;
  readonly maxImageCount?: number;
  readonly rescans: number;
}

const help: VerbHelp = {
  notes: `Storage of each repository and replica, data transfer between Regions, enhanced scanning, and the KMS keys, secrets, VPC
endpoints and NAT gateways that the environment file declares. The assumptions and the source and day of each price are printed.
A price that no one has read is not guessed: the line says "not known", and the total lacks it.
--declared works offline and counts only what the file declares.
--layers reads the manifest of every image, so that a layer that images share counts once, as AWS bills it. ECR records
that as a pull of each image: it updates the time of the last pull, unless the principal is in pullTimeExclusions.
Repositories whose lifecycle policy acts by last pull are left out of it.
--max-image-count simulates the lifecycle policy with another number of images to keep. Nothing is changed.`,
  exitCodes: { 0: "the estimate is printed", 1: "it cannot be made" },
  examples: [
    "--env prod --declared",
    "--env prod",
    "--env prod --layers --max-image-count 30",
    "--env prod --repository web-app --rescans 4 --json",
  ],
};

/** `cost`: what an environment's registry costs in a month. */
export function costCommand(): Command {
  return verb("cost", "Estimate what the registry of an environment costs in a month.", help)
    .option("--declared", "only what the environment file declares; calls no AWS")
    .addOption(repositoryOption("only the images of this repository, e.g. web-app").conflicts("declared"))
    .addOption(
      measuring("--layers", "read every manifest, so that shared layers count once; ECR records pulls"),
    )
    .addOption(
      measuring("--max-image-count <number>", "what keeping this number of images would save").argParser(
        imageCount,
      ),
    )
    .addOption(
      measuring("--rescans <number>", "times that Inspector scans each image again in a month")
        .argParser(times)
        .default(0),
    )
    .action(async (options: CostOptions) => {
      const report = await reportOf(options);
      writeResult(options, asJson(report), () => asText(report));
    });
}

/** An option that needs the images. */
const measuring = (flags: string, description: string): Option =>
  new Option(flags, description).conflicts("declared");

async function reportOf(options: CostOptions): Promise<CostReport> {
  const environment = chosenEnvironment(options);
  if (options.repository !== undefined) nameOf(options.repository, environment);
  const { declared = false, layers = false, rescans, maxImageCount, repository } = options;
  const fixed = repository === undefined ? declaredCost(environment) : [];
  const measured = declared ? notMeasured(environment) : await measure(environment, options);
  return {
    environment: environment.name,
    lines: [...measured.lines, ...fixed],
    ...(maxImageCount !== undefined && !declared && { whatIf: { maxImageCount, savings: measured.savings } }),
    notes: measured.notes,
    assumptions: [...generalAssumptions, ...(declared ? [] : imageAssumptions({ layers, rescans }))],
  };
}

const notMeasured = ({ ecr }: Environment): MeasuredCost => ({
  ...{ lines: [], savings: [] },
  notes: [
    `What the images of ${Object.keys(ecr.repositories).length} repositories cost depends on their sizes and pushes; without --declared, the command measures them.`,
  ],
});

/** Loads the AWS SDK only when needed. */
async function measure(
  environment: Environment,
  { repository, layers = false, maxImageCount, rescans }: CostOptions,
): Promise<MeasuredCost> {
  const { AccountConnection } = await import("../account-connection.js");
  const { measuredCost } = await import("./measured-cost.js");
  const { liveLine } = await import("../../runner/live-line.js");
  const account = await AccountConnection.open(environment);
  const now = new Date();
  let status = "";
  const end = liveLine.begin({ label: "cost", progress: () => status });
  try {
    return await measuredCost(account, {
      repositories: repository === undefined ? Object.keys(environment.ecr.repositories) : [repository],
      ...{ layers, maxImageCount, rescans, now },
      since: new Date(now.getTime() - daysOfMonth * 24 * 60 * 60 * 1000),
      progress: (name, region, images) => {
        status = `${name} in ${region}: ${images} images`;
      },
    });
  } finally {
    end();
  }
}

const imageCount = wholeNumber({ from: 1, to: 100_000 });

function times(value: string): number {
  if (!/^\d{1,4}(?:\.\d{1,3})?$/.test(value))
    throw new InvalidArgumentError("Use a number such as 4 or 0.5.");
  return Number(value);
}
