import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";

/** A VPC that is there before the project comes. */
export interface TrialNetwork {
  readonly vpcId: string;
  readonly privateSubnetIds: readonly string[];
  readonly publicSubnetIds: readonly string[];
}

/** A VPC with two private and two public subnets in two zones. */
export async function makeNetwork(ec2: EC2Client): Promise<TrialNetwork> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.1.0.0/16" }));
  const vpcId = Vpc?.VpcId ?? "";
  const subnets: string[] = [];
  for (const [index, zone] of ["a", "b", "a", "b"].entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock: `10.1.${index}.0/24`,
        AvailabilityZone: `us-east-1${zone}`,
      }),
    );
    subnets.push(Subnet?.SubnetId ?? "");
  }
  return { vpcId, privateSubnetIds: subnets.slice(0, 2), publicSubnetIds: subnets.slice(2) };
}

/** The security groups of a VPC. */
export async function firewallsIn(ec2: EC2Client, vpcId: string): Promise<SecurityGroup[]> {
  const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups;
}

/**
 * A certificate for a load balancer. The project has no client of Certificate Manager; the emulator reads who asks, and
 * no signature.
 */
export async function requestCertificate(variables: Readonly<Record<string, string>>): Promise<string> {
  const credential = `${variables["AWS_ACCESS_KEY_ID"]}/20260101/us-east-1/acm/aws4_request`;
  const response = await fetch(variables["AWS_ENDPOINT_URL"] ?? "", {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "CertificateManager.RequestCertificate",
      Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify({ DomainName: "example.com" }),
  });
  return ((await response.json()) as { CertificateArn: string }).CertificateArn;
}
