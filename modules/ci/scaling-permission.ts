import { allow, type Statement } from "../iam/policy-document";
import type { ManagedEnvironment } from "./plan-permission";

const alarmActions = ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"];

/**
 * What Application Auto Scaling requires of the caller that creates or deletes a scaling policy of an ECS service. It
 * checks this before it starts, by calls that name no alarm: CloudWatch then authorizes `alarm:` without a name, as
 * its error message shows. The `?` covers `alarm:*`, which CloudWatch uses for other calls without a name. AWS does not
 * document either, so any alarm is allowed, but only in calls that an AWS service makes with the caller's permissions.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/auto-scaling-IAM.html
 * @see https://github.com/aws-samples/amazon-cloudwatch-auto-alarms/issues/18 for the error message
 */
export function scalingPermission({
  partition,
  accountId,
  region,
  namePrefix,
}: ManagedEnvironment): Statement[] {
  const alarm = (name: string) => `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${name}`;
  return [
    allow("ScalingAlarms", alarmActions, [
      alarm(""),
      alarm("?"),
      alarm(`TargetTracking-service/${namePrefix}/*`),
    ]),
    allow("ScalingChecks", alarmActions, "*", { Bool: { "aws:ViaAWSService": "true" } }),
  ];
}
