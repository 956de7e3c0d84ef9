import { boolean, integer, object } from "../../modules/values/fields";

const weight = () => integer(0, 1000, "a weight is a whole number from 0 to 1000; use a number such as 1");

/**
 * How many tasks of a service run on Fargate Spot.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 */
export const CapacityOptions = object({
  spotWeight: weight().describe(
    "Share of the tasks beyond `onDemandBase` that run on Fargate Spot, in relation to `onDemandWeight`. `0` moves all tasks to Fargate; use this to leave Spot.",
  ),
  onDemandWeight: weight()
    .default(1)
    .describe("Share of the tasks beyond `onDemandBase` that run on Fargate, in relation to `spotWeight`."),
  onDemandBase: integer(0, 100_000, "this is a number of tasks; use a whole number from 0 to 100000")
    .default(1)
    .describe("Number of tasks that run on Fargate before any runs on Spot."),
}).describe(
  "Runs some of the tasks on Fargate Spot, which costs less. AWS can stop a task on Spot at any time, with a warning of two minutes. Each update of the service then starts a deployment.",
);

/** Whether a scheduled task runs on Fargate Spot. */
export const spot = () =>
  boolean()
    .default(false)
    .describe(
      "Whether the task runs on Fargate Spot, which costs less. AWS can stop it at any time, with a warning of two minutes, and nothing starts it again before the next time of the schedule.",
    );
