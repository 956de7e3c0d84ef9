import { z } from "zod";
import { fargateCpu } from "../../modules/ecs/fargate-size";
import {
  boolean,
  distinct,
  integer,
  list,
  logRetention,
  mapOf,
  nonEmpty,
  object,
  oneOf,
  text,
} from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { ImageOptions } from "./image";
import { plainVariables, secretVariables } from "./variables";

const taskCount = () => integer(1, 5000, "a service has 1 to 5000 tasks; write a whole number");

/**
 * Ranges that may connect to a load balancer, each by HTTPS and by HTTP.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
const maxRanges = 30;

const LoadBalancerOptions = object({
  certificateArn: text(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/,
    "this must be the ARN of a certificate of AWS Certificate Manager; write arn:aws:acm:<region>:<account>:certificate/<id>",
  ).describe("Certificate of the host names that the load balancer answers to, in the environment's Region."),
  healthCheckPath: text(/^\/[\w.~%/?&=-]*$/, "this is the path of a URL; write for example /health")
    .default("/")
    .describe("Path that a healthy container answers with a status of 200 to 299."),
  allowedCidrBlocks: distinct(
    text(z.regexes.cidrv4, "this must be a range of IPv4 addresses; write for example 203.0.113.0/24"),
    "range",
  )
    .min(1, { error: "without a range nobody reaches the load balancer; add one" })
    .max(maxRanges, {
      error: `a security group has 60 inbound rules unless AWS raises that, and each range takes two; write ${maxRanges} or fewer, larger ones perhaps`,
    })
    .default(["0.0.0.0/0"])
    .describe("Ranges of IPv4 addresses that may connect."),
}).describe(
  "An Application Load Balancer that is reached from outside. It speaks TLS only and redirects HTTP to HTTPS.",
);

const AutoscalingOptions = object({
  minCount: taskCount().describe("The fewest tasks."),
  maxCount: taskCount().describe("The most tasks."),
  cpuTargetPercent: integer(
    10,
    90,
    "this is a part of the CPU in percent; write a whole number from 10 to 90",
  )
    .default(60)
    .describe("Average use of the CPU that tasks are added or removed for."),
}).describe("Adds and removes tasks by the use of their CPU.");

/** Options of one ECS service. */
export const EcsServiceOptions = object({
  image: ImageOptions,
  cpu: z
    .literal(fargateCpu, { error: `Fargate knows few sizes; use one of ${fargateCpu.join(", ")}` })
    .default(256)
    .describe("CPU units of a task; 1024 are one vCPU."),
  memory: integer(512, 122_880, "this is memory in MiB; write a whole number from 512 to 122880")
    .default(512)
    .describe("Memory of a task in MiB. Fargate has certain sizes for each `cpu`."),
  cpuArchitecture: oneOf(["X86_64", "ARM64"])
    .default("X86_64")
    .describe("Processor that the image is built for."),
  port: integer(1, 65_535, "a port is a whole number from 1 to 65535; write the one the container listens on")
    .optional()
    .meta({
      description:
        "TCP port that the container listens on. Open to the load balancer where there is one, otherwise to the VPC.",
      defaultNote: "none: nobody connects to the container",
    }),
  environment: plainVariables().default({}).describe("Variables of the container. Not for secrets."),
  secrets: secretVariables()
    .default({})
    .describe('Variables that get the value of a secret: `{ NAME: "<name in security.secrets>" }`.'),
  desiredCount: integer(0, 5000, "a service has 0 to 5000 tasks; write a whole number")
    .optional()
    .meta({ description: "Number of tasks.", defaultNote: "`1`, or what `autoscaling` decides" }),
  autoscaling: AutoscalingOptions.optional().meta({ defaultNote: "the number of tasks is fixed" }),
  healthCheckCommand: list(nonEmpty("this is a part of a command; write it as a string")).optional().meta({
    description:
      'Command inside the container that tells whether it is healthy, e.g. `["CMD-SHELL", "curl -f http://localhost:8080/health"]`.',
    defaultNote: "a container is healthy while it runs",
  }),
  loadBalancer: LoadBalancerOptions.optional().meta({ defaultNote: "reached from within the VPC only" }),
  readonlyRootFilesystem: boolean()
    .default(true)
    .describe("Whether the container can write to no file of its image."),
  writablePaths: distinct(
    text(/^(?:\/[\w.-]+)+$/, "this is a folder of the container, but not its root; write for example /tmp"),
    "path",
  )
    .default([])
    .describe("Folders that the container may write to. What is in them is gone with the task."),
}).describe("One ECS service on Fargate.");

export type EcsServiceOptions = z.output<typeof EcsServiceOptions>;

/** The same before validation. */
export type UncheckedEcsService = Unchecked<EcsServiceOptions>;

/** ECS of one environment. */
export const EcsOptions = object({
  containerInsights: boolean()
    .default(true)
    .describe("Collect metrics of tasks and containers (Container Insights)."),
  logRetentionDays: logRetention().default(30).describe("How many days the logs of containers are kept."),
  services: mapOf(EcsServiceOptions).default({}).describe("Services by name."),
}).describe("An ECS cluster on Fargate that runs images of the environment's repositories.");

export type EcsOptions = z.output<typeof EcsOptions>;
