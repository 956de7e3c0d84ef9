import type { AccountRegion } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";
import { readSecrets } from "../secrets/secret-read";

/** Log group that Lambda writes to by default. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
export function functionLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** Name of a function's dead-letter queue, e.g. `myproject-dev-image-processor-dead-letters`. */
export function deadLetterQueueName(functionName: string): string {
  return `${functionName}-dead-letters`;
}

/** What a function does that its execution role needs permissions for. */
export interface FunctionUse extends AccountRegion {
  readonly functionName: string;
  /** Whether it sends traces to X-Ray. */
  readonly traces: boolean;
  /** Whether it has a dead-letter queue. */
  readonly deadLetter: boolean;
  /** Whether it runs in a VPC. */
  readonly inVpc: boolean;
  /** Whether it has environment variables, which the key encrypts. */
  readonly hasVariables: boolean;
  /** Whether it has versions. @default false */
  readonly hasVersions?: boolean;
  /** ARN of the KMS key that encrypts environment variables and secrets. */
  readonly secretsKeyArn: string;
  /** ARNs of the secrets that it reads. */
  readonly secretArns: readonly string[];
}

/**
 * Permissions of a function's execution role: only what the function is configured to do. Pulling the image is not
 * among them, because the Lambda service pulls it and the repository policy allows that.
 */
export function executionStatements(use: FunctionUse): Statement[] {
  return [
    writeLogs(use),
    ...(use.traces ? [sendTraces] : []),
    ...(use.deadLetter ? [sendDeadLetters(use)] : []),
    ...(use.hasVariables ? [decryptVariables(use)] : []),
    ...(use.secretArns.length > 0
      ? readSecrets(use, { "kms:EncryptionContext:SecretARN": use.secretArns })
      : []),
    ...(use.inVpc ? networkInterfaces(use) : []),
  ];
}

const arnOf = (service: string, { partition, region, accountId }: AccountRegion, resource: string): string =>
  `arn:${partition}:${service}:${region}:${accountId}:${resource}`;

const functionArn = (use: FunctionUse): string => arnOf("lambda", use, `function:${use.functionName}`);

/** The log group already exists, so no function can create one without a retention period and a KMS key. */
function writeLogs(use: FunctionUse): Statement {
  return {
    Sid: "WriteLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: arnOf("logs", use, `log-group:${functionLogGroup(use.functionName)}:*`),
  };
}

/** X-Ray supports no narrower resource. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const sendTraces: Statement = {
  Sid: "SendTraces",
  Effect: "Allow",
  Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
  Resource: "*",
};

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function sendDeadLetters(use: FunctionUse): Statement {
  return {
    Sid: "SendDeadLetters",
    Effect: "Allow",
    Action: ["sqs:SendMessage"],
    Resource: arnOf("sqs", use, deadLetterQueueName(use.functionName)),
  };
}

const functionContext = "kms:EncryptionContext:aws:lambda:FunctionArn";

/**
 * Lambda creates a KMS grant for the role when it encrypts the variables, but the grant ends with the role: a recreated
 * role with the same name could not decrypt them. AWS does not say whether the context of a version names the version.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
function decryptVariables(use: FunctionUse): Statement {
  return {
    Sid: "DecryptVariables",
    Effect: "Allow",
    Action: ["kms:Decrypt"],
    Resource: use.secretsKeyArn,
    Condition: use.hasVersions
      ? { StringLike: { [functionContext]: [functionArn(use), `${functionArn(use)}:*`] } }
      : { StringEquals: { [functionContext]: functionArn(use) } },
  };
}

/** The actions of AWSLambdaVPCAccessExecutionRole. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const interfaceActions = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

/** Lambda checks these actions on every resource. The function's code is denied them, as AWS recommends. */
function networkInterfaces(use: FunctionUse): Statement[] {
  return [
    { Sid: "ManageNetworkInterfaces", Effect: "Allow", Action: interfaceActions, Resource: "*" },
    {
      Sid: "NoNetworkInterfacesForCode",
      Effect: "Deny",
      Action: interfaceActions,
      Resource: "*",
      Condition: { ArnEquals: { "lambda:SourceFunctionArn": functionArn(use) } },
    },
  ];
}
