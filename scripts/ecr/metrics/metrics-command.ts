import type { Command } from "commander";
import type { Environment } from "../../../environments/plan/environment";
import { repositoryName } from "../../../environments/plan/repository-names";
import { wholeNumber } from "../../runner/whole-number";
import { showsColours } from "../findings/severity-colour";
import { nameOf } from "../image/image-id";
import { repositoryOption } from "../repository-option";
import { chosenEnvironment, type VerbHelp, type VerbOptions, verb, writeResult } from "../verb";
import type { Activity } from "./activity";
import { asJson, asText, type Terminal } from "./metrics-output";
import { lastDays } from "./time-window";

interface MetricsOptions extends VerbOptions {
  readonly repository?: string;
  readonly days: number;
}

const help: VerbHelp = {
  notes: `Pulls come from CloudWatch (AWS/ECR RepositoryPullCount), which keeps hours for 455 days. AWS has no metric for pushes:
with ecr.enableDashboard the environment counts push events, and else the push times of the images that still exist count.
Up to 3 days are shown by hour, more by day. Storage is shown by top and cost.
CloudWatch bills each metric that is read (GetMetricData): https://aws.amazon.com/cloudwatch/pricing/`,
  exitCodes: { 0: "the numbers are printed", 1: "they cannot be read" },
  examples: ["--env prod", "--env prod --repository web-app --days 2", "--env prod --days 90 --json"],
};

/** `metrics`: pulls and pushes over time. */
export function metricsCommand(): Command {
  return verb("metrics", "Show pulls and pushes over time.", help)
    .addOption(repositoryOption("only this repository, e.g. web-app"))
    .option("--days <number>", "how many days, the current one included", days, 14)
    .action(async (options: MetricsOptions) => {
      const activity = await activityOf(options);
      writeResult(options, asJson(activity), () => asText(activity, terminalOf(process.stdout)));
    });
}

async function activityOf({ repository, days: count, ...options }: MetricsOptions): Promise<Activity> {
  const environment = chosenEnvironment(options);
  if (repository !== undefined) nameOf(repository, environment);
  const shortNames = repository === undefined ? Object.keys(environment.ecr.repositories) : [repository];
  const { readActivity } = await live();
  const names = shortNames.map((shortName) => repositoryName(environment, shortName));
  return readActivity(environment, names, lastDays(count, new Date()));
}

/** Loads the AWS SDK only when needed. */
async function live() {
  const { AccountConnection } = await import("../account-connection.js");
  const { readActivity } = await import("./read-activity.js");
  return {
    readActivity: async (environment: Environment, names: readonly string[], window: Activity["window"]) =>
      readActivity(await AccountConnection.open(environment), names, window),
  };
}

const terminalOf = ({ isTTY, columns }: NodeJS.WriteStream): Terminal =>
  isTTY ? { columns, colours: showsColours() } : undefined;

/** The number of days in an option. CloudWatch keeps an hour's sums for 455 days. */
export const days = wholeNumber({ from: 1, to: 455, unit: "days" });
