import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { ServiceRoleModule } from "../iam/service-role-module";

export interface VpcFlowLogsModuleProps {
  readonly vpcId: string;
  readonly logGroupName: string;
  /** One of the periods that CloudWatch Logs knows. */
  readonly retentionInDays: number;
  /** ARN of the key that encrypts the log group. Its policy must know the log group. */
  readonly kmsKeyArn: string;
  /** Name of the role that writes, 1 to 64 characters. */
  readonly roleName: string;
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/** Every connection that is accepted or rejected in a VPC, in a log group of its own. */
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
    // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html, but for CreateLogGroup: it is there.
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
