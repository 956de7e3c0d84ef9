import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { NameScope } from "../terraform/name-scope";
import { type AutoMode, autoModeArguments } from "./auto-mode";
import { accessPolicyArn, type ClusterAccess } from "./cluster-access";
import { controlPlaneLogGroup } from "./control-plane-log";

export interface EksClusterModuleProps {
  /** Name of the cluster, 1 to 100 letters, digits, - and _, e.g. `myproject-dev`. */
  readonly clusterName: string;
  /** Kubernetes version, e.g. `1.33`. */
  readonly kubernetesVersion: string;
  /** Whether the cluster enters extended support, which costs more, or is upgraded when standard support ends. */
  readonly support: "STANDARD" | "EXTENDED";
  readonly partition: string;
  /** ARN of the cluster role. */
  readonly roleArn: string;
  readonly vpcId: string;
  /** IPv4 range of the VPC, which may reach the private endpoint. */
  readonly vpcCidrBlock: string;
  /** IDs of private subnets in at least two Availability Zones. */
  readonly subnetIds: string[];
  /** IPv4 ranges that may reach the public endpoint. Empty: there is no public endpoint. */
  readonly publicAccessCidrs: readonly string[];
  /** Access to the Kubernetes API, by role ARN. */
  readonly accessEntries: Readonly<Record<string, ClusterAccess>>;
  /** ARN of the KMS key that encrypts Kubernetes secrets. Changing it replaces the cluster. */
  readonly secretsKeyArn: string;
  /** One of the retention periods that CloudWatch Logs supports. */
  readonly logRetentionDays: number;
  /** ARN of the KMS key that encrypts the log group. */
  readonly logsKeyArn: string;
  /** EKS Auto Mode, on or off. `undefined`: the arguments are left out. */
  readonly autoMode: AutoMode | undefined;
  /** Whether Terraform refuses to destroy the cluster. */
  readonly preventDestroy: boolean;
}

/** The control plane of an EKS cluster, with its logs and access entries. */
export class EksClusterModule extends Construct {
  readonly cluster: EksCluster;

  constructor(scope: Construct, id: string, props: EksClusterModuleProps) {
    super(scope, id);
    const { publicAccessCidrs } = props;
    const logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: controlPlaneLogGroup(props.clusterName),
      retentionInDays: props.logRetentionDays,
      kmsKeyId: props.logsKeyArn,
    });
    this.cluster = new EksCluster(this, "cluster", {
      name: props.clusterName,
      version: props.kubernetesVersion,
      upgradePolicy: { supportType: props.support },
      roleArn: props.roleArn,
      vpcConfig: {
        subnetIds: props.subnetIds,
        securityGroupIds: [this.securityGroup(props)],
        endpointPrivateAccess: true,
        endpointPublicAccess: publicAccessCidrs.length > 0,
        ...(publicAccessCidrs.length > 0 && { publicAccessCidrs: [...publicAccessCidrs] }),
      },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      encryptionConfig: { provider: { keyArn: props.secretsKeyArn }, resources: ["secrets"] },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      // Add-ons are managed by EKS; it would otherwise install self-managed ones too.
      bootstrapSelfManagedAddons: false,
      ...(props.autoMode && autoModeArguments(props.autoMode)),
      lifecycle: { preventDestroy: props.preventDestroy },
      // EKS would otherwise create a log group without a retention period and a KMS key.
      dependsOn: [logGroup],
    });
    this.accessEntries(props);
  }

  /**
   * Nodes reach the API through a security group that EKS creates. This one is for people and pipelines in the VPC.
   * @returns its id
   */
  private securityGroup({ clusterName, vpcId, vpcCidrBlock }: EksClusterModuleProps): string {
    const group = new SecurityGroup(this, "security_group", {
      // Does not start with the project name: AWS rejects names that start with `sg-`.
      name: `eks-api-${clusterName}`,
      description: `Kubernetes API of ${clusterName}`,
      vpcId,
    });
    new VpcSecurityGroupIngressRule(this, "from_vpc", {
      securityGroupId: group.id,
      description: "HTTPS from the VPC",
      cidrIpv4: vpcCidrBlock,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    return group.id;
  }

  private accessEntries({ partition, accessEntries }: EksClusterModuleProps): void {
    // In their own scope, so that no ARN collides with another construct ID.
    const scope = new NameScope(this, "access");
    for (const [principalArn, { policy, namespaces }] of Object.entries(accessEntries)) {
      const one = new Construct(scope, principalArn);
      const entry = new EksAccessEntry(one, "entry", { clusterName: this.cluster.name, principalArn });
      new EksAccessPolicyAssociation(one, "policy", {
        clusterName: this.cluster.name,
        principalArn: entry.principalArn,
        policyArn: accessPolicyArn(partition, policy),
        accessScope:
          namespaces.length > 0 ? { type: "namespace", namespaces: [...namespaces] } : { type: "cluster" },
      });
    }
  }
}
