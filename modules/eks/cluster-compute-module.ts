import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { Construct } from "constructs";
import { NameScope } from "../terraform/name-scope";
import type { FargateSelector } from "./fargate-selection";
import { NodeGroup, type NodeGroupProps } from "./node-group";

/** Settings of a single node group. All others apply to every node group. */
export type NodeGroupSettings = Pick<
  NodeGroupProps,
  "instanceTypes" | "architecture" | "minSize" | "maxSize" | "diskSize"
>;

export interface ClusterComputeModuleProps {
  readonly cluster: EksCluster;
  /** IDs of private subnets. */
  readonly subnetIds: string[];
  readonly nodeRoleArn: string;
  readonly podExecutionRoleArn: string;
  /** Node groups by name. */
  readonly nodeGroups: Readonly<Record<string, NodeGroupSettings>>;
  /** Fargate profiles by name. */
  readonly fargateProfiles: Readonly<Record<string, { readonly selectors: readonly FargateSelector[] }>>;
  /** Whether EKS Auto Mode is on. Its nodes have what add-ons do built in. */
  readonly autoMode: boolean;
  /** Tags of instances and volumes. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Add-ons that a node needs before it is ready, and the EKS Pod Identity agent. */
const nodeAddons = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"] as const;

/**
 * Compute of a cluster: node groups and Fargate profiles, and the EKS add-ons that they need, in an order in which each
 * can become ready. EKS chooses the versions of add-ons when it creates them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
export class ClusterComputeModule extends Construct {
  constructor(scope: Construct, id: string, props: ClusterComputeModuleProps) {
    super(scope, id);
    const { cluster, subnetIds, nodeGroups, fargateProfiles } = props;
    const hasNodes = Object.keys(nodeGroups).length > 0;
    const addons = (hasNodes ? nodeAddons : []).map((addonName) => this.addon(cluster, addonName));
    const scopeOfNodes = new NameScope(this, "node_groups", "eks");
    const nodes = Object.entries(nodeGroups).map(
      ([name, settings]) =>
        new NodeGroup(scopeOfNodes, name, { ...props, ...settings, name, dependsOn: addons }).nodeGroup,
    );
    const scopeOfProfiles = new NameScope(this, "fargate_profiles", "eks");
    const profiles = Object.entries(fargateProfiles).map(
      ([name, { selectors }]) =>
        new EksFargateProfile(scopeOfProfiles, name, {
          clusterName: cluster.name,
          fargateProfileName: name,
          podExecutionRoleArn: props.podExecutionRoleArn,
          subnetIds,
          selector: selectors.map(({ namespace, labels }) => ({
            namespace,
            ...(Object.keys(labels).length > 0 && { labels: { ...labels } }),
          })),
        }),
    );
    // The nodes of Auto Mode resolve names themselves. Pods on others need CoreDNS.
    // https://docs.aws.amazon.com/eks/latest/userguide/auto-networking.html
    if (props.autoMode && nodes.length + profiles.length === 0) return;
    // CoreDNS is ready only once its pods have somewhere to run. They run on Fargate only if configured for it, which
    // they must be when no node group starts with nodes:
    // https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html
    const beginsWithNodes = props.autoMode || Object.values(nodeGroups).some(({ minSize }) => minSize > 0);
    this.addon(cluster, "coredns", {
      ...(!beginsWithNodes && { configurationValues: JSON.stringify({ computeType: "Fargate" }) }),
      dependsOn: [...nodes, ...profiles],
    });
  }

  private addon(
    cluster: EksCluster,
    addonName: string,
    more: Partial<ConstructorParameters<typeof EksAddon>[2]> = {},
  ): EksAddon {
    return new EksAddon(this, addonName, {
      clusterName: cluster.name,
      addonName,
      resolveConflictsOnUpdate: "PRESERVE",
      ...more,
    });
  }
}
