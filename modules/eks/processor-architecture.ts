/** Processors, in the words of Lambda and ECS, and what EKS and Kubernetes call them. */
const names = {
  x86_64: { amiType: "AL2023_x86_64_STANDARD", kubernetes: "amd64" },
  arm64: { amiType: "AL2023_ARM_64_STANDARD", kubernetes: "arm64" },
} as const;

export type Architecture = keyof typeof names;

export const architectures = ["x86_64", "arm64"] as const satisfies readonly Architecture[];

/** Kind of machine image that EKS starts nodes from: Amazon Linux 2023. https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html */
export function amiTypeOf(architecture: Architecture): string {
  return names[architecture].amiType;
}

/** Value of the node label `kubernetes.io/arch`. https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch */
export function kubernetesArchitecture(architecture: Architecture): string {
  return names[architecture].kubernetes;
}

/**
 * Processor of an EC2 instance type. Graviton has a `g` behind the number of the generation: `m7g`, `c7gn`, `im4gn`. The
 * first generation is `a1`.
 *
 * @param instanceType e.g. `m7g.large`
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
  return /^(?:a1\.|[a-z]+\d+g)/.test(instanceType) ? "arm64" : "x86_64";
}
