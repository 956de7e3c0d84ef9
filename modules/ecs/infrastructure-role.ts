import { allow, type Statement } from "../iam/policy-document";

/**
 * Service principal that assumes the infrastructure role. The trust policy has no condition: AWS documents none, and none of
 * the values that ECS would send.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
 */
export const infrastructureService = "ecs.amazonaws.com";

/**
 * ARN of the AWS managed policy for it.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
 */
export const infrastructurePolicy = (partition: string): string =>
  `arn:${partition}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers`;

/**
 * What the permissions boundary allows this role: to register tasks, and to change rules of Application Load Balancers. The
 * managed policy also allows Network Load Balancers, which this project has none of.
 */
export function infrastructureBoundary({
  partition,
  accountId,
  region,
}: {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}): Statement[] {
  const arn = (resource: string) =>
    `arn:${partition}:elasticloadbalancing:${region}:${accountId}:${resource}`;
  return [
    allow("FindTargets", ["elasticloadbalancing:Describe*"], "*"),
    allow(
      "ShiftTraffic",
      [
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:RegisterTargets",
      ],
      ["listener-rule/app/*", "listener/app/*", "targetgroup/*"].map(arn),
    ),
  ];
}
