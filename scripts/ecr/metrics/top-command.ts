import { type Command, Option } from "commander";
import { repositoryName } from "../../../environments/plan/repository-names";
import { sizeText } from "../../../modules/values/size-text";
import { wholeNumber } from "../../runner/whole-number";
import { newTable } from "../table";
import { chosenEnvironment, type VerbHelp, type VerbOptions, verb, writeResult } from "../verb";
import { whenMissing } from "../when-missing";
import { sumOf } from "./activity";
import { days } from "./metrics-command";
import { first, type Order, orders, type RepositoryTotals } from "./repository-totals";
import { lastDays } from "./time-window";

interface TopOptions extends VerbOptions {
  readonly by: Order;
  readonly limit: number;
  readonly days: number;
}

const help: VerbHelp = {
  notes: `pulls are those of the last days. size adds up the images, each with its whole size: cost --layers counts a layer that they
share once. images counts lists of images too. findings are the critical and high ones of the last scans, as far as
DescribeImages has a summary; scan-findings reads all of an image.`,
  exitCodes: { 0: "the list is printed", 1: "it cannot be read" },
  examples: ["--env prod", "--env prod --by size --limit 5", "--env prod --by findings --json"],
};

/** `top`: the repositories with the most pulls, bytes, images or findings. */
export function topCommand(): Command {
  return verb("top", "List the repositories with the most pulls, bytes, images or findings.", help)
    .addOption(new Option("--by <what>", "order of the list").choices(orders).default("pulls"))
    .option("--limit <number>", "how many repositories", limit, 10)
    .option("--days <number>", "days of the pulls, the current one included", days, 30)
    .action(async (options: TopOptions) => {
      const { totals, missing } = await readTotals(options);
      const shown = first(totals, options.by, options.limit);
      writeResult(options, { by: options.by, days: options.days, repositories: shown, missing }, () =>
        asText(shown, missing, options),
      );
    });
}

/** Loads the AWS SDK only when needed. */
async function readTotals(options: TopOptions) {
  const environment = chosenEnvironment(options);
  const { AccountConnection } = await import("../account-connection.js");
  const { CloudWatchClient } = await import("@aws-sdk/client-cloudwatch");
  const { pulls, seriesOf } = await import("./cloudwatch-series.js");
  const { listedImages } = await import("../listed-images.js");
  const { totalsOf } = await import("./repository-totals.js");
  const account = await AccountConnection.open(environment);
  const names = Object.keys(environment.ecr.repositories).map((short) => repositoryName(environment, short));
  const window = lastDays(options.days, new Date());
  const pulled = await account.ask("The metrics of Amazon ECR", () =>
    seriesOf(account.client(CloudWatchClient), pulls, names, window),
  );
  const totals: RepositoryTotals[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const repository = { registryId: environment.accountId, repositoryName: name };
    const found = await account.ask(`The images of ${name}`, () =>
      totalsOf(listedImages(account.ecr(), repository)).catch(
        whenMissing("RepositoryNotFoundException", undefined),
      ),
    );
    if (found === undefined) missing.push(name);
    else totals.push({ repositoryName: name, pulls: sumOf(pulled.get(name) ?? []), ...found });
  }
  return { totals, missing };
}

function asText(shown: readonly RepositoryTotals[], missing: readonly string[], { days: count }: TopOptions) {
  const table = newTable([
    "repository",
    `pulls, ${count} days`,
    "size",
    "images",
    "critical and high",
    "no summary",
  ]);
  for (const { repositoryName: name, pulls, size, images, findings, unscanned } of shown)
    table.push([name, pulls, sizeText(size), images, findings, unscanned === 0 ? "-" : unscanned]);
  return `${[
    table.toString(),
    ...missing.map((name) => `${name} does not exist; deploy the environment first.`),
  ].join("\n")}\n`;
}

const limit = wholeNumber({ from: 1, to: 99_999 });
