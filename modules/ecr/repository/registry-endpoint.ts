import { partitionOf } from "../../iam/aws-partition";
import { type RepositoryAddress, registryHost } from "./repository-address";

/**
 * The hosts that one registry answers at: IPv4 alone, which AWS PrivateLink and Lambda need; IPv4 and IPv6; and each of them
 * with FIPS 140-3 cryptography.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
 */
export const registryEndpoints = ["ipv4", "dual-stack", "fips", "dual-stack-fips"] as const;

export type RegistryEndpoint = (typeof registryEndpoints)[number];

/** Regions with FIPS hosts. https://docs.aws.amazon.com/general/latest/gr/ecr.html */
const fipsRegions: readonly string[] = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "us-gov-east-1",
  "us-gov-west-1",
];

/** Ends of dual-stack hosts by partition. https://docs.aws.amazon.com/general/latest/gr/ecr.html */
const dualStackDomains: Readonly<Record<string, string>> = {
  aws: "on.aws",
  "aws-us-gov": "on.aws",
  "aws-cn": "on.amazonwebservices.com.cn",
};

/**
 * Host of a registry at an endpoint, e.g. `123456789012.dkr-ecr.us-east-1.on.aws`.
 *
 * @returns `undefined` if AWS documents no such endpoint in the Region
 */
export function endpointHost(
  registry: Omit<RepositoryAddress, "name">,
  endpoint: RegistryEndpoint = "ipv4",
): string | undefined {
  const { accountId, region } = registry;
  if (endpoint === "ipv4") return registryHost(registry);
  if (endpoint !== "dual-stack" && !fipsRegions.includes(region)) return undefined;
  if (endpoint === "fips") return registryHost(registry).replace(".dkr.ecr.", ".dkr.ecr-fips.");
  const domain = dualStackDomains[partitionOf(region)];
  const service = endpoint === "dual-stack" ? "dkr-ecr" : "dkr-ecr-fips";
  return domain === undefined ? undefined : `${accountId}.${service}.${region}.${domain}`;
}
