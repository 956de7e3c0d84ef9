import { aligned, contains, formatRange, type IpRange, parseRange } from "../network/ip-range";

/** A range with a shorter prefix is a part of the internet and not a place in it. */
const shortestPrefix = 8;

/**
 * Addresses that nobody has on the internet.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const reserved = [
  ["0.0.0.0/8", "a host itself"],
  ["10.0.0.0/8", "private networks"],
  ["100.64.0.0/10", "the networks of carriers"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "one link"],
  ["172.16.0.0/12", "private networks"],
  ["192.0.0.0/24", "protocols of the internet itself"],
  ["192.0.2.0/24", "documentation"],
  ["192.168.0.0/16", "private networks"],
  ["198.18.0.0/15", "benchmarks"],
  ["198.51.100.0/24", "documentation"],
  ["203.0.113.0/24", "documentation"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "later use"],
].flatMap(([cidr = "", purpose = ""]): { range: IpRange; purpose: string }[] => {
  const range = parseRange(cidr);
  return range === undefined ? [] : [{ range, purpose }];
});

/**
 * What keeps a range of addresses from being one that may reach the Kubernetes API over the internet. EKS takes the
 * first address of the range only, and no addresses that are reserved.
 *
 * @param cidr e.g. `8.8.8.0/24`
 * @returns the rule and the remedy, or `undefined` when nothing is wrong
 * @see https://docs.aws.amazon.com/eks/latest/userguide/config-cluster-endpoint.html
 */
export function publicAccessCidrProblem(cidr: string): string | undefined {
  const range = parseRange(cidr);
  if (range === undefined)
    return "this must be a range of IPv4 addresses; write <first address>/<length of the prefix>, with /32 for a single address";
  if (range.prefixLength < shortestPrefix)
    return `a range as wide as this opens the Kubernetes API to the internet; write the addresses that you use, /${shortestPrefix} to /32, or leave it out and use the private endpoint`;
  const first = aligned(range);
  const kept = reserved.find((block) => contains(block.range, first));
  if (kept !== undefined)
    return `${formatRange(kept.range)} is reserved for ${kept.purpose}, and nobody comes from there over the internet; write the public addresses that you come from, or leave it out and use the private endpoint`;
  return first.first === range.first
    ? undefined
    : `a range is written by its first address; write ${formatRange(first)}`;
}
