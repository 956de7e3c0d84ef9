import { allow, type Statement } from "../iam/policy-document";
import type { ManagedEnvironment } from "./plan-permission";

/**
 * What manages the alarms of an environment's services.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
 */
export function alarmPermission({
  partition,
  accountId,
  region,
  namePrefix,
}: ManagedEnvironment): Statement[] {
  return [
    allow(
      "Alarms",
      [
        "cloudwatch:DeleteAlarms",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource",
      ],
      `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${namePrefix}-*`,
    ),
  ];
}
