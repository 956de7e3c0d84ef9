import type { z } from "zod";
import { boolean, integer, object } from "../../modules/values/fields";
import { logRetention, mapOf } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { AutoscalingOptions } from "./ecs-autoscaling";
import { CapacityOptions } from "./ecs-capacity";
import { containerOptions } from "./ecs-container";
import { EcsDeploymentOptions } from "./ecs-deployment";
import { LoadBalancerOptions, SharedLoadBalancerOptions, SharedTargetOptions } from "./ecs-load-balancer";
import { EcsScheduledTaskOptions } from "./ecs-scheduled-task";
import { ServiceConnectOptions } from "./ecs-service-connect";
import { dependsOn, RoutedLogOptions, sidecars } from "./ecs-sidecar";
import { ephemeralStorage, taskSizeOptions } from "./ecs-task";
import { FileSystemOptions, volumes } from "./ecs-volume";
import { cannotRename } from "./renamed-from";

/** Options of one ECS service. */
export const EcsServiceOptions = object(
  {
    ...containerOptions,
    ...taskSizeOptions,
    port: integer(
      1,
      65_535,
      "a port is a whole number from 1 to 65535; use the port that the container listens on",
    )
      .optional()
      .meta({
        description:
          "TCP port that the container listens on. The load balancer can connect to it, or the whole VPC if the service has no load balancer, and only its clients if it is a server of Service Connect.",
        defaultNote: "none: nothing can connect to the container",
      }),
    desiredCount: integer(0, 5000, "a service has 0 to 5000 tasks; use a whole number")
      .optional()
      .meta({ description: "Number of tasks.", defaultNote: "`1`, or the number that `autoscaling` sets" }),
    autoscaling: AutoscalingOptions.optional().meta({ defaultNote: "the number of tasks is fixed" }),
    capacity: CapacityOptions.optional().meta({ defaultNote: "all tasks run on Fargate" }),
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
    exec: boolean()
      .default(false)
      .describe(
        "Whether people with the IAM permission can run commands in the container (ECS Exec). Sessions are logged, and the logs are encrypted. Requires `readonlyRootFilesystem: false`.",
      ),
    loadBalancer: LoadBalancerOptions.optional().meta({ defaultNote: "reachable only from the VPC" }),
    sharedLoadBalancer: SharedTargetOptions.optional().meta({
      defaultNote: "no shared load balancer",
    }),
    deployment: EcsDeploymentOptions.optional().meta({ defaultNote: "rolling, without alarms" }),
    serviceConnect: ServiceConnectOptions.optional().meta({
      defaultNote: "no Service Connect",
    }),
    dependsOn: dependsOn(),
    logs: RoutedLogOptions.optional().meta({ defaultNote: "CloudWatch Logs" }),
    containers: sidecars(),
    volumes: volumes(),
    ephemeralStorageGib: ephemeralStorage(),
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
  fileSystems: mapOf(FileSystemOptions)
    .default({})
    .describe("File systems of Amazon EFS, by name: see `volumes` of a service or a scheduled task."),
  services: mapOf(EcsServiceOptions).default({}).describe("Services by name."),
  scheduledTasks: mapOf(EcsScheduledTaskOptions)
    .default({})
    .describe("Tasks that start on a schedule, by name. A service cannot have the same name."),
}).describe("An ECS cluster on Fargate that runs images from the environment's repositories.");

export type EcsOptions = z.output<typeof EcsOptions>;
