/** Processor architectures by the names that Lambda uses, with those of EKS and Kubernetes. */
const names = {
  x86_64: { amiType: "AL2023_x86_64_STANDARD", kubernetes: "amd64" },
  arm64: { amiType: "AL2023_ARM_64_STANDARD", kubernetes: "arm64" },
} as const;

export type Architecture = keyof typeof names;

export const architectures = ["x86_64", "arm64"] as const satisfies readonly Architecture[];

/** AMI type of the nodes: Amazon Linux 2023. https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html */
export function amiTypeOf(architecture: Architecture): string {
  return names[architecture].amiType;
}

/** Value of the node label `kubernetes.io/arch`. https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch */
export function kubernetesArchitecture(architecture: Architecture): string {
  return names[architecture].kubernetes;
}

/**
 * Architecture of an EC2 instance type. Graviton types have a `g` after the generation number: `m7g`, `c7gn`, `im4gn`.
 * The first generation is `a1`.
 *
 * @param instanceType e.g. `m7g.large`
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
  return /^(?:a1\.|[a-z]+\d+g)/.test(instanceType) ? "arm64" : "x86_64";
}
