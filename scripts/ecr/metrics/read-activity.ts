import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { AccountConnection } from "../account-connection";
import type { Activity } from "./activity";
import { pulls, seriesOf } from "./cloudwatch-series";
import { pushedByEvents, pushedByImages, pushSourceOf } from "./pushes";
import { emptySeries, type TimeWindow } from "./time-window";

/**
 * Pulls and pushes of repositories.
 *
 * @param repositories names in ECR
 * @throws CommandError when AWS does not answer
 */
export async function readActivity(
  account: AccountConnection,
  repositories: readonly string[],
  window: TimeWindow,
): Promise<Activity> {
  const { environment } = account;
  const cloudWatch = account.client(CloudWatchClient);
  const pullSeries = await account.ask("The metrics of Amazon ECR", () =>
    seriesOf(cloudWatch, pulls, repositories, window),
  );
  const pushSource = pushSourceOf(environment);
  const missing: string[] = [];
  const pushSeries = new Map<string, readonly number[]>();
  if (pushSource === "events") {
    const counted = await account.ask("The metrics of push events", () =>
      pushedByEvents(cloudWatch, environment, repositories, window),
    );
    for (const [name, values] of counted) pushSeries.set(name, values);
  } else
    for (const name of repositories) {
      const values = await account.ask(`The images of ${name}`, () =>
        pushedByImages(account.ecr(), environment.accountId, name, window),
      );
      if (values === undefined) missing.push(name);
      else pushSeries.set(name, values);
    }
  const none = emptySeries(window);
  return {
    ...{ environment: environment.name, window, pushSource, missing },
    repositories: repositories
      .filter((name) => !missing.includes(name))
      .map((name) => ({
        repositoryName: name,
        pulls: pullSeries.get(name) ?? none,
        pushes: pushSeries.get(name) ?? none,
      })),
  };
}
