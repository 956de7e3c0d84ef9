import { integer, list, nonEmpty } from "../../modules/values/fields";

/** One part of a command line. */
export const commandPart = () => nonEmpty("each part of a command is a string; put it in quotes");

/**
 * The health check of a container. ECS ignores one that the image has.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export const healthCheckOptions = {
  healthCheckCommand: list(commandPart()).optional().meta({
    description:
      'Command that runs in the container to check its health, e.g. `["CMD-SHELL", "curl -f http://localhost:8080/health"]`.',
    defaultNote: "a container is healthy while it runs",
  }),
  healthCheckIntervalSeconds: integer(
    5,
    300,
    "ECS runs a health check every 5 to 300 seconds; use a whole number",
  )
    .optional()
    .meta({ description: "Seconds between two runs of `healthCheckCommand`.", defaultNote: "`30`" }),
  healthCheckTimeoutSeconds: integer(2, 60, "a health check may take 2 to 60 seconds; use a whole number")
    .optional()
    .meta({
      description: "Seconds after which a run of `healthCheckCommand` has failed.",
      defaultNote: "`5`",
    }),
  healthCheckRetries: integer(1, 10, "a health check can fail 1 to 10 times in a row; use a whole number")
    .optional()
    .meta({
      description: "Number of failures in a row after which the container is unhealthy.",
      defaultNote: "`3`",
    }),
  healthCheckStartPeriodSeconds: integer(
    0,
    300,
    "ECS allows a start period of up to 300 seconds; use a whole number, and healthCheckGracePeriodSeconds for a longer start",
  )
    .optional()
    .meta({
      description:
        "Seconds that the container needs to start. Failures of `healthCheckCommand` in this time do not count.",
      defaultNote: "`0`",
    }),
};
