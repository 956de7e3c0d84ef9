import { contractVersions, versionOutput } from "../../../layers/contract-version";
import type { networkContract } from "../../../layers/network/network.contract";

const values: Record<keyof typeof networkContract, string | readonly string[]> = {
  vpc_id: "vpc-0123456789abcdef0",
  vpc_cidr_block: "10.20.0.0/16",
  private_subnet_ids: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  public_subnet_ids: [],
};

/** The state of a network layer that keeps its contract, without the VPC. */
export function networkState(): string {
  const outputs = Object.entries(values).map(([name, value]) => [
    name,
    { value, type: typeof value === "string" ? "string" : ["list", "string"] },
  ]);
  const version = { value: contractVersions.network, type: "number" };
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.0",
    serial: 1,
    lineage: "3f1a0f60-6f0a-4a58-9f5e-3e1f6d9d6b58",
    outputs: { ...Object.fromEntries(outputs), [versionOutput]: version },
    resources: [],
  });
}
