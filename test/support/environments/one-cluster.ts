import type { Definition } from "../../../environments/environment";
import type { EnvironmentInput } from "../../../environments/options/environment";
import { minimal, only } from "./minimal";

export type EksInput = NonNullable<EnvironmentInput["eks"]>;

export const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

export const network = {
  kind: "existing" as const,
  vpcId: "vpc-0123456789abcdef0",
  privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
} satisfies EnvironmentInput["network"];

/** The least that a cluster can be. */
export const smallest = {
  kubernetesVersion: "1.33",
  nodeGroups: { general: { instanceTypes: ["m7i.large"] } },
} as const satisfies EksInput;

/** A development environment with one repository, `app`, and a cluster. */
export function withCluster(
  eks: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>> = {},
): Record<string, Definition> {
  return only({
    ...minimal,
    network,
    ecr: { repositories: { app: {} } },
    eks: { ...smallest, ...eks },
    ...change,
  } as EnvironmentInput);
}
