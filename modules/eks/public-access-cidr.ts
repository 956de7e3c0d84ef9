import { aligned, contains, formatRange, type IpRange, parseRange } from "../network/ip-range";

/** A range with a shorter prefix covers too much of the internet to restrict access. */
const shortestPrefix = 8;

/**
 * Addresses that are not routable on the internet.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const reserved = [
  ["0.0.0.0/8", "this network"],
  ["10.0.0.0/8", "private networks"],
  ["100.64.0.0/10", "carrier-grade NAT"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link-local addresses"],
  ["172.16.0.0/12", "private networks"],
  ["192.0.0.0/24", "IETF protocols"],
  ["192.0.2.0/24", "documentation"],
  ["192.168.0.0/16", "private networks"],
  ["198.18.0.0/15", "benchmarking"],
  ["198.51.100.0/24", "documentation"],
  ["203.0.113.0/24", "documentation"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "future use"],
].flatMap(([cidr = "", purpose = ""]): { range: IpRange; purpose: string }[] => {
  const range = parseRange(cidr);
  return range === undefined ? [] : [{ range, purpose }];
});

/**
 * Why a range must not be given access to the Kubernetes API over the internet, as "rule; remedy"; `undefined` when it
 * may be. EKS accepts only the first address of a range, and no reserved addresses.
 *
 * @param cidr e.g. `8.8.8.0/24`
 * @see https://docs.aws.amazon.com/eks/latest/userguide/config-cluster-endpoint.html
 */
export function publicAccessCidrProblem(cidr: string): string | undefined {
  const range = parseRange(cidr);
  if (range === undefined)
    return "this must be an IPv4 range in CIDR notation; use <first address>/<prefix length>, with /32 for a single address";
  if (range.prefixLength < shortestPrefix)
    return `a range this wide opens the Kubernetes API to the internet; list only your own addresses, /${shortestPrefix} to /32, or remove it and use the private endpoint`;
  const first = aligned(range);
  const kept = reserved.find((block) => contains(block.range, first));
  if (kept !== undefined)
    return `${formatRange(kept.range)} is reserved for ${kept.purpose} and not routable on the internet; use your public addresses, or remove it and use the private endpoint`;
  return first.first === range.first
    ? undefined
    : `a range starts at its first address; use ${formatRange(first)}`;
}
