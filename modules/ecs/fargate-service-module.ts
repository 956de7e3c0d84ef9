import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { type ITerraformDependable, Op, ref } from "cdktf";
import { Construct } from "constructs";
import type { AlarmPlan } from "./alarm-plan";
import type { EcsClusterModule } from "./ecs-cluster-module";
import { capacityStrategy, type FargateCapacity, onDemand } from "./fargate-capacity";
import {
  type AwaitedContainer,
  type FargateTaskProps,
  fargateTaskDefinition,
  startable,
} from "./fargate-task-definition";
import { LoadBalancer, type LoadBalancerProps } from "./load-balancer";
import { ServiceAlarms } from "./service-alarms";
import { type ScalingOptions, ServiceAutoscaling } from "./service-autoscaling";
import { type ServiceConnectProps, serviceConnectConfiguration } from "./service-connect";
import { balancerConfig, deploymentConfig, type ServiceDeployment } from "./service-deployment";
import { type ServiceNetwork, ServiceSecurityGroup } from "./service-security-group";
import type { ServiceTarget } from "./service-target";
import { SharedTarget, type SharedTargetProps } from "./shared-target";

/** `name` is the name of the service and its task definition. */
export interface FargateServiceModuleProps extends FargateTaskProps {
  readonly cluster: EcsClusterModule;
  readonly network: ServiceNetwork;
  /** The container. Without an image, the task definition and the service are not created; everything else is. */
  readonly container: AwaitedContainer;
  /**
   * Whether a pipeline deploys images: it registers further revisions of the task definition, which Terraform ignores.
   *
   * @default false
   */
  readonly pipelineDeploys?: boolean;
  /** Further containers of each task. Without the image of one, the task definition is not created either. @default - none */
  readonly sidecars?: readonly AwaitedContainer[];
  /** Number of tasks; with autoscaling, the initial number. */
  readonly desiredCount: number;
  readonly logRetentionDays: number;
  /** ARN of the KMS key that encrypts the log group. */
  readonly logsKeyArn: string;
  /** Seconds after the start of a task in which ECS ignores failed health checks. @default - none */
  readonly gracePeriodSeconds?: number;
  /** Minutes that Terraform waits for a deployment. @default - as long as the AWS provider does, 20 */
  readonly waitMinutes?: number;
  /** Whether people can run commands in the containers. Requires `execLog` of the cluster. @default false */
  readonly exec?: boolean;
  /**
   * How many tasks run on Fargate Spot, which the cluster must then offer. With it, each update of the service starts a deployment:
   * otherwise the AWS provider would refuse a change of the strategy, or replace the service before 6.15.
   *
   * @default - none
   * @see https://github.com/hashicorp/terraform-provider-aws/pull/43533
   */
  readonly capacity?: FargateCapacity;
  /** @default - the number of tasks is fixed */
  readonly autoscaling?: ScalingOptions;
  /** @default - reachable from within the VPC only */
  readonly loadBalancer?: Omit<LoadBalancerProps, "name" | "vpcId" | "vpcCidrBlock" | "shiftsTraffic">;
  /** Instead of `loadBalancer`. @default - no load balancer of several services */
  readonly sharedTarget?: Omit<SharedTargetProps, "name" | "vpcId" | "shiftsTraffic">;
  /** @default - rolling, without alarms */
  readonly deployment?: ServiceDeployment;
  /** Alarms to create, which `deployment` names. @default - none */
  readonly alarms?: readonly AlarmPlan[];
  /** A server is open to the clients that `connectServices` connects, not to the VPC. @default - not in a namespace */
  readonly serviceConnect?: ServiceConnectProps;
}

/** An ECS service on Fargate, in private subnets, with its log group, security group and optional load balancer. */
export class FargateServiceModule extends Construct {
  /** `undefined` while there is no image. */
  readonly service: EcsService | undefined;
  /** `undefined` without a load balancer, its own or a shared one. */
  readonly target: ServiceTarget | undefined;
  /** ID of the security group of the tasks. */
  readonly groupId: string;

  constructor(scope: Construct, id: string, props: FargateServiceModuleProps) {
    super(scope, id);
    const { name, network, container } = props;
    // Created here, with a KMS key and a retention period: the execution role cannot create it.
    const logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: container.logGroup,
      retentionInDays: props.logRetentionDays,
      kmsKeyId: props.logsKeyArn,
    });
    this.target = this.balanced(props);
    const sourceSecurityGroupId = this.target?.securityGroupId;
    const securityGroup = new ServiceSecurityGroup(this, "firewall", {
      name,
      network,
      ...(container.port !== undefined && (this.target || !props.serviceConnect?.server)
        ? {
            ingress: {
              port: container.port,
              ...(sourceSecurityGroupId !== undefined && { sourceSecurityGroupId }),
            },
          }
        : {}),
    });
    this.groupId = securityGroup.groupId;
    const egressRule =
      container.port === undefined
        ? undefined
        : this.target?.allowEgressTo(securityGroup.groupId, container.port);
    const files = props.volumes?.admit(this.groupId) ?? [];
    const containers = startable([container, ...(props.sidecars ?? [])], logGroup.name);
    if (containers === undefined) return;
    const taskDefinition = fargateTaskDefinition(this, props, containers);
    this.service = this.start(props, taskDefinition, securityGroup.groupId, [
      ...securityGroup.rules,
      ...(egressRule ? [egressRule] : []),
      ...files,
      ...this.watching(props),
    ]);
  }

  private balanced(props: FargateServiceModuleProps): ServiceTarget | undefined {
    const { name, network, loadBalancer, sharedTarget, deployment } = props;
    const { vpcId, vpcCidrBlock } = network;
    const shiftsTraffic = typeof deployment?.strategy === "object";
    if (sharedTarget)
      return new SharedTarget(this, "target", { name, vpcId, shiftsTraffic, ...sharedTarget });
    return (
      loadBalancer &&
      new LoadBalancer(this, "load_balancer", { name, vpcId, vpcCidrBlock, shiftsTraffic, ...loadBalancer })
    );
  }

  /** The alarms, which must exist before a deployment starts. */
  private watching({ name, cluster, alarms }: FargateServiceModuleProps): readonly ITerraformDependable[] {
    if (alarms === undefined) return [];
    const { target } = this;
    const groups = [target?.targetGroup, target?.alternate].flatMap((group) => group?.arnSuffix ?? []);
    return new ServiceAlarms(this, "watch", alarms, {
      clusterName: cluster.cluster.name,
      serviceName: name,
      ...(target && { balancer: { arnSuffix: target.arnSuffix, targetGroupSuffixes: groups } }),
    }).alarms;
  }

  private start(
    props: FargateServiceModuleProps,
    task: EcsTaskDefinition,
    groupId: string,
    rules: readonly ITerraformDependable[],
  ): EcsService {
    const { name, cluster, network, container, autoscaling, gracePeriodSeconds, waitMinutes } = props;
    const { port } = container;
    const { serviceConnect, deployment = {} } = props;
    const ignored = [
      ...(autoscaling ? ["desired_count"] : []),
      ...(props.pipelineDeploys ? ["task_definition"] : []),
    ];
    const wait = waitMinutes === undefined ? undefined : `${waitMinutes}m`;
    const service = new EcsService(this, "service", {
      name,
      cluster: cluster.cluster.arn,
      taskDefinition: task.arn,
      desiredCount: props.desiredCount,
      capacityProviderStrategy: capacityStrategy(props.capacity ?? onDemand),
      ...(props.capacity && { forceNewDeployment: true }),
      platformVersion: "LATEST",
      networkConfiguration: {
        subnets: network.privateSubnetIds,
        securityGroups: [groupId],
        assignPublicIp: false,
      },
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      availabilityZoneRebalancing: "ENABLED",
      enableEcsManagedTags: true,
      enableExecuteCommand: props.exec ?? false,
      propagateTags: "SERVICE",
      waitForSteadyState: true,
      ...(serviceConnect && {
        serviceConnectConfiguration: serviceConnectConfiguration(serviceConnect, {
          logGroup: container.logGroup,
          region: container.region,
        }),
      }),
      ...deploymentConfig(deployment),
      ...(this.target &&
        port !== undefined &&
        balancerConfig(this.target, { name: container.name, port }, deployment)),
      ...(gracePeriodSeconds !== undefined && { healthCheckGracePeriodSeconds: gracePeriodSeconds }),
      ...(wait !== undefined && { timeouts: { create: wait, update: wait, delete: wait } }),
      // The rules must exist before the first task starts and until the last one stops.
      dependsOn: [cluster.capacity, ...rules, ...(this.target?.forwarding ?? [])],
      lifecycle: {
        ...(ignored.length > 0 && { ignoreChanges: ignored }),
        ...(!props.pipelineDeploys && { postcondition: [notRolledBack(name, task)] }),
      },
    });
    if (autoscaling)
      new ServiceAutoscaling(this, "autoscaling", {
        name,
        clusterName: cluster.cluster.name,
        serviceName: service.name,
        ...(this.target && { requestLabel: requestLabel(this.target) }),
        ...autoscaling,
      });
    return service;
  }
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html */
function requestLabel({ arnSuffix, targetGroup }: ServiceTarget): string {
  return `${arnSuffix}/${targetGroup.arnSuffix}`;
}

/**
 * A rolled-back service is steady too, and the provider does not report it.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/20858
 */
function notRolledBack(name: string, task: EcsTaskDefinition) {
  return {
    condition: Op.eq(ref("self.task_definition"), task.arn),
    errorMessage: `ECS rolled ${name} back: its new tasks did not start or did not become healthy. Look at the events of the service and at its log group.`,
  };
}
