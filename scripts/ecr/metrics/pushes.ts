import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { ECRClient } from "@aws-sdk/client-ecr";
import { metricNamespace } from "../../../environments/naming";
import type { Environment } from "../../../environments/plan/environment";
import { imagePushes } from "../../../modules/ecr/monitoring/image-metrics";
import { listedImages } from "../listed-images";
import { seriesOf } from "./cloudwatch-series";
import { emptySeries, periodOf, type TimeWindow } from "./time-window";

/** Where the pushes come from. AWS has no metric for them. */
export type PushSource = "events" | "images";

/** The environment counts push events if it has a dashboard: see `addMonitoring`. */
export const pushSourceOf = ({ ecr }: Pick<Environment, "ecr">): PushSource =>
  ecr.enableDashboard && ecr.enableScanFindingsLogging ? "events" : "images";

/** What the numbers mean, for whoever reads them. */
export const sourceText: Readonly<Record<PushSource, string>> = {
  events:
    "Pushes are ECR's push events, counted since the environment has its dashboard; each tag of an image is a push.",
  images:
    "AWS has no metric for pushes, so these are the push times of the images that still exist: images that expired or were deleted are missing, and a new tag on an old image is none. With ecr.enableDashboard, the environment counts push events.",
};

/** Pushes by repository. @param repositories names in ECR */
export function pushedByEvents(
  client: CloudWatchClient,
  environment: Environment,
  repositories: readonly string[],
  window: TimeWindow,
): Promise<Map<string, number[]>> {
  const metric = { namespace: metricNamespace(environment), name: imagePushes.name };
  return seriesOf(client, metric, repositories, window);
}

/**
 * Push times of the images in a repository, of which no more than one page is in memory.
 *
 * @returns `undefined` if the repository does not exist
 */
export async function pushedByImages(
  client: ECRClient,
  registryId: string,
  repositoryName: string,
  window: TimeWindow,
): Promise<number[] | undefined> {
  const series = emptySeries(window);
  try {
    for await (const { imagePushedAt } of listedImages(client, { registryId, repositoryName })) {
      const index = imagePushedAt === undefined ? undefined : periodOf(imagePushedAt, window);
      if (index !== undefined) series[index] = (series[index] ?? 0) + 1;
    }
  } catch (error) {
    if ((error as Error).name === "RepositoryNotFoundException") return undefined;
    throw error;
  }
  return series;
}
