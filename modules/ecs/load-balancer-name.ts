import { createHash } from "node:crypto";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const longest = 32;

/**
 * A name that a load balancer can have, at most 32 characters. A longer one keeps its beginning and ends in eight
 * digits that stand for the whole.
 */
export function loadBalancerName(name: string): string {
  if (name.length <= longest) return name;
  const digits = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, longest - 9).replace(/-$/, "")}-${digits}`;
}
