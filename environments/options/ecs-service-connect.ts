import { integer, nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import { distinct } from "../schema/fields";

const timeout = () =>
  integer(0, 2_147_483_647, "a timeout is in seconds; use a whole number, or 0 for no timeout").optional();

/** What a service offers to other services. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html */
const ServerOptions = object({
  alias: text(
    /^[a-z0-9_][a-z0-9_.-]{0,126}$/,
    "an alias has 1 to 127 lowercase letters, digits, _, - and . and starts with no - or .; use a name such as orders",
  )
    .optional()
    .meta({
      description: "Name under which clients reach the service.",
      defaultNote: "the name of the service",
    }),
  aliasPort: integer(
    1,
    65_535,
    "a port is a whole number from 1 to 65535; use the one that clients connect to",
  )
    .optional()
    .meta({ description: "Port under which clients reach the service.", defaultNote: "`port`" }),
  protocol: oneOf(["tcp", "http", "http2", "grpc"])
    .default("tcp")
    .describe("What the container speaks. For all but `tcp`, the proxy measures and retries requests."),
  idleTimeoutSeconds: timeout().meta({
    description: "Seconds without traffic after which the proxy closes a connection. `0`: never.",
    defaultNote: "that of the proxy: an hour for `tcp`, else five minutes",
  }),
  requestTimeoutSeconds: timeout().meta({
    description: "Seconds in which the service answers a request. `0`: no limit. Not for `tcp`.",
    defaultNote: "that of the proxy, 15 seconds",
  }),
}).describe("Other services of the environment can connect to `port`, by a name that only they know.");

/** Service Connect of one service. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html */
export const ServiceConnectOptions = object({
  server: ServerOptions.optional().meta({ defaultNote: "the service is only a client" }),
  connectsTo: distinct(
    nonEmpty("this must be the name of a service in ecs.services; use a string"),
    "service",
  )
    .default([])
    .describe(
      "Services with a `server` that this one connects to. Terraform starts them first, and their security groups let this one in.",
    ),
}).describe(
  "Connects services of the environment with each other through proxies in their tasks (ECS Service Connect).",
);
