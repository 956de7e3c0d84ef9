import { aligned, contains, formatRange, type IpRange, parseRange, sizeOf } from "./ip-range";

/** The subnets of one Availability Zone. */
export interface ZoneSubnets {
  /** Name of the zone, e.g. `us-east-1a`. */
  readonly zone: string;
  /** An eighth of the VPC, e.g. `10.0.0.0/19`. */
  readonly privateCidrBlock: string;
  /** A sixteenth of the VPC, e.g. `10.0.128.0/20`. */
  readonly publicCidrBlock: string;
}

/** Maximum number of Availability Zones in a VPC. */
export const maxZones = 4;

/** VPC sizes that AWS allows. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const vpcPrefixLengths = { shortest: 16, longest: 28 };

/**
 * A load balancer needs subnets of /27 or larger, and the prefix of a public subnet is four bits longer than that of
 * the VPC.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
const longestWithRoom = 27 - 4;

/** https://www.rfc-editor.org/rfc/rfc1918 */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * Why a VPC cannot have a range, each as "rule; remedy".
 *
 * @param cidrBlock any text
 */
export function vpcCidrProblems(cidrBlock: string): string[] {
  const range = parseRange(cidrBlock);
  if (range === undefined)
    return ["this must be an IPv4 range in CIDR notation; use a range such as 10.0.0.0/16"];
  const problems: string[] = [];
  const { prefixLength } = range;
  if (prefixLength < vpcPrefixLengths.shortest || prefixLength > vpcPrefixLengths.longest)
    problems.push("AWS allows VPCs of /16 to /28; use a range such as 10.0.0.0/16");
  else if (prefixLength > longestWithRoom)
    problems.push(
      `a public subnet is a sixteenth of the VPC, and load balancers need /27 or larger; use /${longestWithRoom} or a larger range`,
    );
  const inPlace = aligned(range);
  if (inPlace.first !== range.first)
    problems.push(`no /${prefixLength} range starts at this address; use ${formatRange(inPlace)}`);
  if (!privateRanges.some((text) => holds(text, inPlace)))
    problems.push(
      `a VPC must have private addresses (RFC 1918); use a range inside ${privateRanges.slice(0, 2).join(", ")} or ${privateRanges[2]}`,
    );
  return problems;
}

function holds(outer: string, inner: IpRange): boolean {
  const range = parseRange(outer);
  return range !== undefined && contains(range, inner);
}

/**
 * Divide the range of a VPC into subnets. The first half is for private subnets, an eighth for each zone; the third
 * quarter is for public subnets, a sixteenth for each zone; the last quarter stays free. The subnets of a zone do not
 * depend on later zones, so a zone can be appended without changing existing subnets.
 *
 * @param cidrBlock a range without {@link vpcCidrProblems}
 * @param zones at most {@link maxZones}
 * @throws Error when there are too many zones, or the range is not valid
 */
export function subnetPlan(cidrBlock: string, zones: readonly string[]): ZoneSubnets[] {
  const vpc = parseRange(cidrBlock);
  if (vpc === undefined) throw new Error(`${cidrBlock} is not an IPv4 range`);
  if (zones.length > maxZones) throw new Error(`${cidrBlock} has no room for ${zones.length} zones`);
  const half = sizeOf(vpc) / 2;
  const block = (offset: number, index: number, bits: number) => {
    const prefixLength = vpc.prefixLength + bits;
    return formatRange({
      first: vpc.first + offset + index * sizeOf({ first: 0, prefixLength }),
      prefixLength,
    });
  };
  return zones.map((zone, index) => ({
    zone,
    privateCidrBlock: block(0, index, 3),
    publicCidrBlock: block(half, index, 4),
  }));
}
