import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { ServiceRoleModule } from "../iam/service-role-module";

export interface VpcFlowLogsModuleProps {
  readonly vpcId: string;
  readonly logGroupName: string;
  /** One of the retention periods that CloudWatch Logs supports. */
  readonly retentionInDays: number;
  /** ARN of the KMS key that encrypts the log group. Its key policy must allow the log group. */
  readonly kmsKeyArn: string;
  /** Name of the role that writes the logs, 1 to 64 characters. */
  readonly roleName: string;
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/** Flow logs of all accepted and rejected traffic in a VPC, with their log group and role. */
export class VpcFlowLogsModule extends Construct {
  constructor(scope: Construct, id: string, props: VpcFlowLogsModuleProps) {
    super(scope, id);
    const { partition, accountId, region, logGroupName } = props;
    const logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: logGroupName,
      retentionInDays: props.retentionInDays,
      kmsKeyId: props.kmsKeyArn,
    });
    const logs = `arn:${partition}:logs:${region}:${accountId}:log-group`;
    // As in https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html, without CreateLogGroup: the log
    // group exists.
    const writer = new ServiceRoleModule(this, "writer", {
      name: props.roleName,
      description: `Writes flow logs to ${logGroupName}`,
      service: "vpc-flow-logs.amazonaws.com",
      trustCondition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
      },
      statements: [
        {
          Sid: "WriteLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: `${logs}:${logGroupName}:*`,
        },
        { Sid: "FindLogGroup", Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: `${logs}:*` },
      ],
    });
    new FlowLog(this, "flow_log", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: writer.arn,
    });
  }
}
