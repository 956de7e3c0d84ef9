import { boolean, integer, list, object, oneOf, text } from "../../modules/values/fields";
import { distinct } from "../schema/fields";
import { commandPart, healthCheckOptions } from "./ecs-health-check";
import { containerPath, mounts } from "./ecs-volume";
import { ImageOptions } from "./image";
import { plainVariables, valueVariables } from "./variables";

/** Names that ECS has for resource limits. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html */
const ulimitNames = [
  "core",
  "cpu",
  "data",
  "fsize",
  "locks",
  "memlock",
  "msgqueue",
  "nice",
  "nofile",
  "nproc",
  "rss",
  "rtprio",
  "rttime",
  "sigpending",
  "stack",
] as const;

const limitValue = () =>
  integer(-1, 2_147_483_647, "a resource limit is a whole number; use -1 for no limit, or up to 2147483647");

const UlimitOptions = object({
  name: oneOf(ulimitNames).describe("The resource. Fargate sets `nofile` to 65535."),
  softLimit: limitValue().describe("Limit that a process can raise up to `hardLimit`."),
  hardLimit: limitValue().describe("Limit that no process can raise."),
}).describe("One resource limit of the processes in the container.");

/** Options of every container of a task. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export const containerOptions = {
  image: ImageOptions,
  entryPoint: list(commandPart())
    .optional()
    .meta({ description: "Overrides the `ENTRYPOINT` of the image.", defaultNote: "the value in the image" }),
  command: list(commandPart())
    .optional()
    .meta({ description: "Overrides the `CMD` of the image.", defaultNote: "the value in the image" }),
  user: text(
    /^[\w.-]{1,255}(?::[\w.-]{1,255})?$/,
    'this must be a user and optionally a group, by name or ID; use e.g. "1000:1000"',
  )
    .optional()
    .meta({
      description: "User, and optionally group, that the processes run as, e.g. `1000:1000`.",
      defaultNote: "the value in the image",
    }),
  environment: plainVariables()
    .default({})
    .describe("Environment variables of the container. Do not use them for secrets."),
  secrets: valueVariables()
    .default({})
    .describe(
      'Environment variables that get the value of a secret: `{ NAME: "<name in security.secrets>" }`, or one value of a secret that is a JSON object: `{ NAME: { secret: "<name>", key: "<key>" } }`.',
    ),
  ...healthCheckOptions,
  readonlyRootFilesystem: boolean()
    .default(true)
    .describe("Whether the root file system of the container is read-only."),
  writablePaths: distinct(containerPath("/tmp"), "path")
    .default([])
    .describe("Directories that the container can write to. Their contents are lost when the task stops."),
  mounts: mounts(),
  stopTimeoutSeconds: integer(
    2,
    120,
    "Fargate gives a container up to 120 seconds to stop; use a whole number from 2 to 120",
  )
    .optional()
    .meta({
      description: "Seconds between the stop signal (`SIGTERM` by default) and `SIGKILL`.",
      defaultNote: "`30`",
    }),
  ulimits: distinct(UlimitOptions, "limit").optional().meta({
    description: "Resource limits of the processes in the container.",
    defaultNote: "Fargate's",
  }),
  initProcessEnabled: boolean().optional().meta({
    description:
      "Whether an init process forwards signals and reaps processes. For programs that start others and are not written to run as process 1.",
    defaultNote: "`false`",
  }),
};
