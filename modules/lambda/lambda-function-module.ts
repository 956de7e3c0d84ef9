import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { deadLetterQueueName, functionLogGroup } from "./execution-policy";

/** The VPC that a function runs in. */
export interface FunctionNetwork {
  readonly vpcId: string;
  /** IPv4 range of the VPC, to which all outbound traffic is allowed. */
  readonly vpcCidrBlock: string;
  /** IDs of private subnets. */
  readonly subnetIds: string[];
}

export interface LambdaFunctionModuleProps {
  /** Name of the function, 1 to 64 characters, e.g. `myproject-dev-image-processor`. */
  readonly functionName: string;
  /** Description shown in the console. @default - none */
  readonly description?: string | undefined;
  /**
   * The image, as `<repository URL>:<tag>` or `<repository URL>@<digest>`.
   *
   * @default - nothing has been pushed yet: everything but the function is created
   */
  readonly imageUri?: string | undefined;
  /** Whether something else deploys later images, which Terraform then ignores. @default false */
  readonly ignoresImage?: boolean | undefined;
  /** Name of an alias. Each change publishes a version, which the alias names unless the image is ignored. @default - no versions */
  readonly alias?: string | undefined;
  /** Architecture that the image was built for. */
  readonly architecture: "x86_64" | "arm64";
  /** Memory in MB, 128 to 10,240. */
  readonly memorySize: number;
  /** Timeout in seconds, 1 to 900. */
  readonly timeoutSeconds: number;
  /** Size of /tmp in MB, 512 to 10,240. */
  readonly ephemeralStorage: number;
  /** ARN of the execution role. */
  readonly roleArn: string;
  /** Environment variables by name. */
  readonly environment: Readonly<Record<string, string>>;
  /** ARN of the KMS key that encrypts the environment variables. */
  readonly variablesKeyArn: string;
  /** Overrides the ENTRYPOINT of the image. @default - as in the image */
  readonly entryPoint?: readonly string[] | undefined;
  /** Overrides the CMD of the image. @default - as in the image */
  readonly command?: readonly string[] | undefined;
  /** Reserved concurrent executions. @default - it shares the account's unreserved concurrency */
  readonly reservedConcurrency?: number | undefined;
  readonly tracing: "Active" | "PassThrough";
  /** Whether events whose asynchronous invocation failed go to a dead-letter queue. */
  readonly deadLetter: boolean;
  /** One of the retention periods that CloudWatch Logs supports. */
  readonly logRetentionDays: number;
  /** ARN of the KMS key that encrypts the log group. */
  readonly logsKeyArn: string;
  /** @default - the function does not run in a VPC */
  readonly network?: FunctionNetwork | undefined;
  /** What must exist before the function, such as the policy that allows Lambda to pull. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** SQS keeps a message for at most 14 days. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const longestRetentionSeconds = 1_209_600;

/** A Lambda function from a container image, with its log group, dead-letter queue and security group. */
export class LambdaFunctionModule extends Construct {
  /** `undefined` while nothing has been pushed. */
  readonly function: LambdaFunction | undefined;
  /** `undefined` without an alias, and while nothing has been pushed. */
  readonly alias: LambdaAlias | undefined;

  constructor(scope: Construct, id: string, props: LambdaFunctionModuleProps) {
    super(scope, id);
    const logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: functionLogGroup(props.functionName),
      retentionInDays: props.logRetentionDays,
      kmsKeyId: props.logsKeyArn,
    });
    const queue = props.deadLetter ? this.deadLetterQueue(props.functionName) : undefined;
    const vpcConfig = props.network && {
      subnetIds: props.network.subnetIds,
      securityGroupIds: [this.securityGroup(props.functionName, props.network)],
    };
    if (props.imageUri === undefined) return;
    this.function = new LambdaFunction(this, "function", {
      functionName: props.functionName,
      ...(props.description !== undefined && { description: props.description }),
      role: props.roleArn,
      packageType: "Image",
      imageUri: props.imageUri,
      architectures: [props.architecture],
      memorySize: props.memorySize,
      timeout: props.timeoutSeconds,
      ephemeralStorage: { size: props.ephemeralStorage },
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      tracingConfig: { mode: props.tracing },
      ...(props.alias !== undefined && { publish: true }),
      ...(props.ignoresImage && { lifecycle: { ignoreChanges: ["image_uri"] } }),
      ...imageConfig(props),
      ...variables(props),
      ...(queue && { deadLetterConfig: { targetArn: queue.arn } }),
      ...(vpcConfig && { vpcConfig }),
      // Lambda would otherwise create a log group without a retention period and a KMS key at the first invocation.
      dependsOn: [logGroup, ...props.dependsOn],
    });
    this.alias =
      props.alias === undefined ? undefined : this.aliasOf(this.function.version, props.alias, props);
  }

  /** If something else deploys images, it also moves the alias, and for a time between two versions. */
  private aliasOf(
    functionVersion: string,
    name: string,
    { functionName, ignoresImage }: LambdaFunctionModuleProps,
  ): LambdaAlias {
    return new LambdaAlias(this, "alias", {
      ...{ name, functionName, functionVersion },
      ...(ignoresImage && { lifecycle: { ignoreChanges: ["function_version", "routing_config"] } }),
    });
  }

  private deadLetterQueue(functionName: string): SqsQueue {
    return new SqsQueue(this, "dead_letters", {
      name: deadLetterQueueName(functionName),
      messageRetentionSeconds: longestRetentionSeconds,
      sqsManagedSseEnabled: true,
    });
  }

  /** No inbound rules: functions are invoked through the Lambda API. @returns its id */
  private securityGroup(functionName: string, { vpcId, vpcCidrBlock }: FunctionNetwork): string {
    const group = new SecurityGroup(this, "security_group", {
      name: `${functionName}-lambda`,
      description: `Lambda function ${functionName}`,
      vpcId,
    });
    const securityGroupId = group.id;
    new VpcSecurityGroupEgressRule(this, "to_vpc", {
      securityGroupId,
      description: "Anything in the VPC",
      cidrIpv4: vpcCidrBlock,
      ipProtocol: "-1",
    });
    new VpcSecurityGroupEgressRule(this, "to_https", {
      securityGroupId,
      description: "AWS and other services, over HTTPS",
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    return securityGroupId;
  }
}

function imageConfig({ entryPoint, command }: LambdaFunctionModuleProps) {
  if (entryPoint === undefined && command === undefined) return {};
  return {
    imageConfig: {
      ...(entryPoint && { entryPoint: [...entryPoint] }),
      ...(command && { command: [...command] }),
    },
  };
}

/**
 * Without variables there is no key either: Lambda does not store it then, and Terraform would plan to add it every
 * time.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function#kms_key_arn-1
 */
function variables({ environment, variablesKeyArn }: LambdaFunctionModuleProps) {
  return Object.keys(environment).length === 0
    ? {}
    : { environment: { variables: { ...environment } }, kmsKeyArn: variablesKeyArn };
}
