import { z } from "zod";
import { dependencyConditions, logRouterTypes } from "../../modules/ecs/container";
import { boolean, integer, nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import { mapOf } from "../schema/fields";
import { containerOptions } from "./ecs-container";

/** Containers that must be ready before another one starts. */
export const dependsOn = () =>
  z
    .record(z.string(), oneOf(dependencyConditions), {
      error: 'this maps containers of the task to conditions; use { proxy: "HEALTHY" }',
    })
    .default({})
    .describe(
      "Containers that must be ready before this one starts, by name. The container of the service has the name of the service. `START`: it has started. `COMPLETE`: it has ended. `SUCCESS`: it has ended with exit code 0. `HEALTHY`: its health check succeeds.",
    );

/** What a container writes, as the log router of the task gets it. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html */
export const RoutedLogOptions = object({
  options: z
    .record(
      nonEmpty("an option has a name; add it"),
      z.string({ error: "an option's value is a string; put it in quotes" }),
      {
        error: 'these are options of the output plugin; use { Name: "cloudwatch_logs", … }',
      },
    )
    .describe(
      'Options of the output plugin, by name, in plain text, e.g. `{ Name: "datadog", Host: "http-intake.logs.datadoghq.eu" }`.',
    ),
  secretOptions: z
    .record(
      nonEmpty("an option has a name; add it"),
      nonEmpty("this must be the name of a secret in security.secrets; use a string"),
      { error: 'this maps options of the output plugin to names of secrets; use { apikey: "<name>" }' },
    )
    .default({})
    .describe("Options of the output plugin that get the value of a secret in `security.secrets`."),
}).describe("Sends the output of the container to the log router of the task instead of CloudWatch Logs.");

const LogRouterOptions = object({
  type: oneOf(logRouterTypes).describe("The program in the image."),
  configFile: text(
    /^\/[\w./-]{1,1023}$/,
    "this must be the path of a file in the image; use a path such as /fluent-bit/configs/extra.conf",
  )
    .optional()
    .meta({ description: "Further configuration: a file in the image.", defaultNote: "none" }),
  ecsMetadata: boolean()
    .default(true)
    .describe("Whether each record names the cluster, task definition and task that it is from."),
}).describe("Makes the container the log router of the task (FireLens).");

/** Options that a container beside the main one has in addition. */
const SidecarOptions = object({
  ...containerOptions,
  essential: boolean().default(true).describe("Whether all containers of the task stop when this one ends."),
  dependsOn: dependsOn(),
  cpu: integer(1, 16_384, "CPU units are a whole number; use 1 to 16384, at most those of the task")
    .optional()
    .meta({
      description: "CPU units of the task that are reserved for the container; 1024 units are one vCPU.",
      defaultNote: "none: the containers share what is not reserved",
    }),
  memory: integer(6, 122_880, "memory is in MiB; use a whole number from 6, at most the memory of the task")
    .optional()
    .meta({
      description: "MiB of memory. ECS kills a container that exceeds it.",
      defaultNote: "the memory of the task",
    }),
  memoryReservation: integer(
    6,
    122_880,
    "memory is in MiB; use a whole number from 6, at most the memory of the task",
  )
    .optional()
    .meta({ description: "MiB of memory that are reserved for the container.", defaultNote: "none" }),
  logRouter: LogRouterOptions.optional().meta({ defaultNote: "the container routes no logs" }),
  logs: RoutedLogOptions.optional().meta({ defaultNote: "CloudWatch Logs" }),
}).describe("One further container of the service's tasks, such as a proxy or a log router.");

/** Further containers by name. */
export const sidecars = () =>
  mapOf(SidecarOptions)
    .default({})
    .describe("Further containers of each task by name, such as a proxy or a log router.");

export type SidecarOptions = z.output<typeof SidecarOptions>;
