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
  /** ARN of the role of the nodes, which is neither that of the cluster nor that of Fargate pods. */
  readonly nodeRoleArn: string;
  /** Ids of private subnets. */
  readonly subnetIds: string[];
  /** Instance types of the architecture. */
  readonly instanceTypes: readonly string[];
  readonly architecture: Architecture;
  /** Least number of nodes, and the number to begin with. */
  readonly minSize: number;
  readonly maxSize: number;
  /** Size of the disk in GiB. */
  readonly diskSize: number;
  /** Tags of instances and disks, which get none from the provider. */
  readonly tags: Readonly<Record<string, string>>;
  /** What must be there before nodes, such as their network plug-in. */
  readonly dependsOn: ITerraformDependable[];
}

/** The root disk of Amazon Linux. */
const rootDevice = "/dev/xvda";

/** Nodes on EC2 that EKS manages, from a launch template without a way in by SSH. */
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
      // An autoscaler in the cluster changes the number of nodes.
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
        // One hop ends at the node: its role is out of reach for pods that are not on its own network.
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
