import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Construct } from "constructs";
import { NameScope } from "../terraform/name-scope";

/** Which role the pods of a service account get. */
export interface PodIdentity {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** ARN of a role that `pods.eks.amazonaws.com` may assume. */
  readonly roleArn: string;
}

export interface PodIdentityModuleProps {
  readonly cluster: EksCluster;
  /** The associations, by name. The name is part of the address. */
  readonly identities: Readonly<Record<string, PodIdentity>>;
}

/** EKS Pod Identity associations of a cluster. The service accounts do not have to exist. */
export class PodIdentityModule extends Construct {
  constructor(scope: Construct, id: string, { cluster, identities }: PodIdentityModuleProps) {
    super(scope, id);
    const names = new NameScope(this, "associations", "eks");
    for (const [name, identity] of Object.entries(identities))
      new EksPodIdentityAssociation(names, name, { clusterName: cluster.name, ...identity });
  }
}
