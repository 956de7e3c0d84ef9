import { z } from "zod";
import { fargateCpu } from "../../modules/ecs/fargate-size";
import { boolean, integer, list, nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import { distinct, logRetention, mapOf } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { ImageOptions } from "./image";
import { cannotRename } from "./renamed-from";
import { plainVariables, secretVariables } from "./variables";

const taskCount = () => integer(1, 5000, "a service has 1 to 5000 tasks; use a whole number");

/**
 * Maximum number of ranges that may connect to a load balancer, each over HTTPS and HTTP.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
const maxRanges = 30;

const LoadBalancerOptions = object({
  certificateArn: text(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/,
    "this must be the ARN of a certificate of AWS Certificate Manager; use arn:aws:acm:<region>:<account>:certificate/<id>",
  ).describe("Certificate for the host names of the load balancer, in the environment's Region."),
  healthCheckPath: text(
    /^\/[\w.~%/?&=-]{0,1023}$/,
    "this must be the path of a URL with up to 1024 characters; use a path such as /health",
  )
    .default("/")
    .describe("Path for which a healthy container returns a status code from 200 to 299."),
  allowedCidrBlocks: distinct(
    text(z.regexes.cidrv4, "this must be an IPv4 range in CIDR notation; use a range such as 203.0.113.0/24"),
    "range",
  )
    .min(1, { error: "without a range, nobody can reach the load balancer; add one" })
    .max(maxRanges, {
      error: `a security group allows 60 inbound rules by default, and each range needs two; use ${maxRanges} or fewer ranges, for example larger ones`,
    })
    .default(["0.0.0.0/0"])
    .describe("IPv4 ranges that may connect to the load balancer."),
}).describe("An internet-facing Application Load Balancer. It serves HTTPS and redirects HTTP to HTTPS.");

const AutoscalingOptions = object({
  minCount: taskCount().describe("Minimum number of tasks."),
  maxCount: taskCount().describe("Maximum number of tasks."),
  cpuTargetPercent: integer(10, 90, "CPU utilization is a percentage; use a whole number from 10 to 90")
    .default(60)
    .describe("Target for the average CPU utilization of the tasks."),
}).describe("Adds and removes tasks based on their CPU utilization.");

/** Options of one ECS service. */
export const EcsServiceOptions = object(
  {
    image: ImageOptions,
    cpu: z
      .literal(fargateCpu, {
        error: `Fargate supports only certain sizes; use one of ${fargateCpu.join(", ")}`,
      })
      .default(256)
      .describe("CPU units of a task; 1024 units are one vCPU."),
    memory: integer(512, 122_880, "task memory is in MiB; use a whole number from 512 to 122880")
      .default(512)
      .describe("Memory of a task in MiB. Fargate supports certain sizes for each `cpu`."),
    cpuArchitecture: oneOf(["X86_64", "ARM64"])
      .default("X86_64")
      .describe("Processor architecture that the image is built for."),
    port: integer(
      1,
      65_535,
      "a port is a whole number from 1 to 65535; use the port that the container listens on",
    )
      .optional()
      .meta({
        description:
          "TCP port that the container listens on. The load balancer can connect to it, or the whole VPC if the service has no load balancer.",
        defaultNote: "none: nothing can connect to the container",
      }),
    environment: plainVariables()
      .default({})
      .describe("Environment variables of the container. Do not use them for secrets."),
    secrets: secretVariables()
      .default({})
      .describe(
        'Environment variables that get the value of a secret: `{ NAME: "<name in security.secrets>" }`.',
      ),
    desiredCount: integer(0, 5000, "a service has 0 to 5000 tasks; use a whole number")
      .optional()
      .meta({ description: "Number of tasks.", defaultNote: "`1`, or the number that `autoscaling` sets" }),
    autoscaling: AutoscalingOptions.optional().meta({ defaultNote: "the number of tasks is fixed" }),
    healthCheckCommand: list(nonEmpty("each part of a command is a string; put it in quotes"))
      .optional()
      .meta({
        description:
          'Command that runs in the container to check its health, e.g. `["CMD-SHELL", "curl -f http://localhost:8080/health"]`.',
        defaultNote: "a container is healthy while it runs",
      }),
    loadBalancer: LoadBalancerOptions.optional().meta({ defaultNote: "reachable only from the VPC" }),
    readonlyRootFilesystem: boolean()
      .default(true)
      .describe("Whether the root file system of the container is read-only."),
    writablePaths: distinct(
      text(
        /^(?=.{1,4095}$)(?:\/(?!\.{1,2}(?:\/|$))[\w.-]{1,255})+$/,
        "this must be a directory in the container other than its root, without . and .. as parts; use a path such as /tmp",
      ),
      "path",
    )
      .default([])
      .describe("Directories that the container can write to. Their contents are lost when the task stops."),
  },
  cannotRename("service"),
).describe("One ECS service on Fargate.");

export type EcsServiceOptions = z.output<typeof EcsServiceOptions>;

/** The options before validation. */
export type UncheckedEcsService = Unchecked<EcsServiceOptions>;

/** ECS of one environment. */
export const EcsOptions = object({
  containerInsights: boolean()
    .default(true)
    .describe(
      "Collect metrics of tasks and containers (Container Insights). Their log group is encrypted and kept for `logRetentionDays`.",
    ),
  logRetentionDays: logRetention()
    .default(30)
    .describe("Days to keep the container logs and the events of Container Insights."),
  services: mapOf(EcsServiceOptions).default({}).describe("Services by name."),
}).describe("An ECS cluster on Fargate that runs images from the environment's repositories.");

export type EcsOptions = z.output<typeof EcsOptions>;
