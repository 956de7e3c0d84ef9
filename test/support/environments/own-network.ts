import type { Definition } from "../../../environments/environment";
import type { EnvironmentInput } from "../../../environments/options/environment";
import { minimal, only } from "./minimal";

type NetworkInput = NonNullable<EnvironmentInput["network"]>;

export type OwnInput = Extract<NetworkInput, { kind: "own" }>;

export type ExistingInput = Extract<NetworkInput, { kind: "existing" }>;

/** A VPC in two zones. */
export const own: OwnInput = {
  kind: "own",
  cidr: "10.0.0.0/16",
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
};

/** A VPC that was there before. */
export const existing: ExistingInput = {
  kind: "existing",
  vpcId: "vpc-0123456789abcdef0",
  privateSubnetIds: ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"],
  publicSubnetIds: ["subnet-0cccccccccccccccc"],
};

/** A development environment in a VPC of its own. */
export function withOwn(
  options: Partial<OwnInput>,
  change: Partial<EnvironmentInput> = {},
): Record<string, Definition> {
  return only({ ...minimal, ...change, network: { ...own, ...options } });
}

/** A development environment in a VPC that was there before. */
export function withExisting(
  options: Partial<ExistingInput>,
  change: Partial<EnvironmentInput> = {},
): Record<string, Definition> {
  return only({ ...minimal, ...change, network: { ...existing, ...options } });
}
