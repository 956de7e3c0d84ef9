import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type Architecture, amiTypeOf } from "./processor-architecture";

export interface NodeGroupProps {
  readonly cluster: EksCluster;
  /** Name within the cluster, 1 to 63 letters, digits, - and _. Changing it replaces the group. */
  readonly name: string;
  /** ARN of the node role. It must be neither the cluster role nor the pod execution role. */
  readonly nodeRoleArn: string;
  /** IDs of private subnets. */
  readonly subnetIds: string[];
  /** Instance types of the architecture. */
  readonly instanceTypes: readonly string[];
  readonly architecture: Architecture;
  /** Minimum and initial number of nodes. */
  readonly minSize: number;
  readonly maxSize: number;
  /** Size of the root volume in GiB. */
  readonly diskSize: number;
  /** Tags of instances and volumes, which do not get the provider's default tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** What must exist before the nodes, such as the VPC CNI add-on. */
  readonly dependsOn: ITerraformDependable[];
}

/** Root device of Amazon Linux. */
const rootDevice = "/dev/xvda";

/** An EKS managed node group, from a launch template without SSH access. */
export class NodeGroup extends Construct {
  readonly nodeGroup: EksNodeGroup;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { cluster } = props;
    const template = this.launchTemplate(props);
    this.nodeGroup = new EksNodeGroup(this, "node_group", {
      clusterName: cluster.name,
      nodeGroupName: props.name,
      nodeRoleArn: props.nodeRoleArn,
      subnetIds: props.subnetIds,
      version: cluster.version,
      amiType: amiTypeOf(props.architecture),
      instanceTypes: [...props.instanceTypes],
      launchTemplate: { id: template.id, version: template.latestVersion.toString() },
      scalingConfig: {
        minSize: props.minSize,
        maxSize: props.maxSize,
        desiredSize: props.minSize,
      },
      updateConfig: { maxUnavailable: 1 },
      // An autoscaler in the cluster may change the number of nodes.
      lifecycle: { ignoreChanges: ["scaling_config[0].desired_size"] },
      dependsOn: props.dependsOn,
    });
  }

  private launchTemplate({ cluster, name, diskSize, tags }: NodeGroupProps): LaunchTemplate {
    const fullName = `${cluster.nameInput}-${name}`;
    const named = { ...tags, Name: fullName };
    return new LaunchTemplate(this, "launch_template", {
      name: fullName,
      description: `Nodes of ${cluster.nameInput}, group ${name}`,
      updateDefaultVersion: true,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        // With one hop, pods that do not use the host network cannot get the credentials of the node role.
        // https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
        httpPutResponseHopLimit: 1,
      },
      blockDeviceMappings: [
        {
          deviceName: rootDevice,
          ebs: { volumeType: "gp3", volumeSize: diskSize, encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: named })),
    });
  }
}
