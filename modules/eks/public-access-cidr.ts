/** A range with a shorter prefix is a part of the internet and not a place in it. */
const shortestPrefix = 8;

/**
 * What keeps a range of addresses from being one that may reach the Kubernetes API over the internet. EKS takes the
 * first address of the range only.
 *
 * @param cidr e.g. `203.0.113.0/24`
 * @returns the rule and the remedy, or `undefined` when nothing is wrong
 * @see https://docs.aws.amazon.com/eks/latest/userguide/config-cluster-endpoint.html
 */
export function publicAccessCidrProblem(cidr: string): string | undefined {
  const [, ...parts] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr) ?? [];
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = parts.map(Number);
  if ([a, b, c, d].some((byte) => byte > 255) || prefix > 32)
    return "this must be a range of IPv4 addresses; write for example 203.0.113.0/24";
  if (prefix < shortestPrefix)
    return `a range as wide as this opens the Kubernetes API to the internet; write the addresses that you use, /${shortestPrefix} to /32, or leave it out and use the private endpoint`;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % 2 ** (32 - prefix));
  if (first === address) return undefined;
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `a range is written by its first address; write ${bytes.join(".")}/${prefix}`;
}
