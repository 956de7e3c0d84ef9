import { createHash } from "node:crypto";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const longest = 32;

/**
 * A valid load balancer name, at most 32 characters. A longer name keeps its start and ends in eight hex digits of its
 * SHA-256 hash.
 */
export function loadBalancerName(name: string): string {
  if (name.length <= longest) return name;
  const digits = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, longest - 9).replace(/-$/, "")}-${digits}`;
}
