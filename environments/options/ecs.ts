import { z } from "zod";
import { fargateCpu } from "../../modules/ecs/fargate-size";
import { boolean, integer, object, oneOf } from "../../modules/values/fields";
import { logRetention, mapOf } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { containerOptions } from "./ecs-container";
import { EcsDeploymentOptions } from "./ecs-deployment";
import { LoadBalancerOptions, SharedLoadBalancerOptions, SharedTargetOptions } from "./ecs-load-balancer";
import { dependsOn, RoutedLogOptions, sidecars } from "./ecs-sidecar";
import { cannotRename } from "./renamed-from";

const taskCount = () => integer(1, 5000, "a service has 1 to 5000 tasks; use a whole number");

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
    ...containerOptions,
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
    desiredCount: integer(0, 5000, "a service has 0 to 5000 tasks; use a whole number")
      .optional()
      .meta({ description: "Number of tasks.", defaultNote: "`1`, or the number that `autoscaling` sets" }),
    autoscaling: AutoscalingOptions.optional().meta({ defaultNote: "the number of tasks is fixed" }),
    healthCheckGracePeriodSeconds: integer(
      0,
      2_147_483_647,
      "a grace period is in seconds; use a whole number from 0 to 2147483647",
    )
      .optional()
      .meta({
        description:
          "Seconds after the start of a task in which ECS does not act on failed health checks, those of the load balancer included.",
        defaultNote:
          "with a load balancer, `60`, or what `healthCheckStartPeriodSeconds` and the checks of the load balancer need; without one, `0`",
      }),
    loadBalancer: LoadBalancerOptions.optional().meta({ defaultNote: "reachable only from the VPC" }),
    sharedLoadBalancer: SharedTargetOptions.optional().meta({
      defaultNote: "no load balancer of several services",
    }),
    deployment: EcsDeploymentOptions.optional().meta({ defaultNote: "rolling, without alarms" }),
    dependsOn: dependsOn(),
    logs: RoutedLogOptions.optional().meta({ defaultNote: "CloudWatch Logs" }),
    containers: sidecars(),
    ephemeralStorageGib: integer(
      21,
      200,
      "Fargate gives a task 20 GiB, and more for a charge; use a whole number from 21 to 200, or remove it",
    )
      .optional()
      .meta({
        description: "Size in GiB of the storage that all containers of a task share, image included.",
        defaultNote: "`20`",
      }),
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
  loadBalancers: mapOf(SharedLoadBalancerOptions)
    .default({})
    .describe("Load balancers that several services share, by name: see `sharedLoadBalancer` of a service."),
  services: mapOf(EcsServiceOptions).default({}).describe("Services by name."),
}).describe("An ECS cluster on Fargate that runs images from the environment's repositories.");

export type EcsOptions = z.output<typeof EcsOptions>;
