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

/** How many zones a VPC has room for. */
export const maxZones = 4;

/** Sizes that AWS allows. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const vpcPrefixLengths = { shortest: 16, longest: 28 };

/**
 * A load balancer takes subnets of /27 or more, and public subnets are four bits smaller than the VPC.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
const longestWithRoom = 27 - 4;

/** https://www.rfc-editor.org/rfc/rfc1918 */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * What is wrong with the range of a VPC: each a rule and its remedy, parted by a semicolon.
 *
 * @param cidrBlock any text
 */
export function vpcCidrProblems(cidrBlock: string): string[] {
  const range = parseRange(cidrBlock);
  if (range === undefined) return ["this must be a range of IPv4 addresses; write for example 10.0.0.0/16"];
  const problems: string[] = [];
  const { prefixLength } = range;
  if (prefixLength < vpcPrefixLengths.shortest || prefixLength > vpcPrefixLengths.longest)
    problems.push("AWS makes VPCs of /16 to /28; write for example 10.0.0.0/16");
  else if (prefixLength > longestWithRoom)
    problems.push(
      `a public subnet is a sixteenth of the VPC, and load balancers take /27 or larger; write /${longestWithRoom} or a larger range`,
    );
  const inPlace = aligned(range);
  if (inPlace.first !== range.first)
    problems.push(`no /${prefixLength} begins at this address; write ${formatRange(inPlace)}`);
  if (!privateRanges.some((text) => holds(text, inPlace)))
    problems.push(
      `a VPC has private addresses (RFC 1918); write a range inside ${privateRanges.slice(0, 2).join(", ")} or ${privateRanges[2]}`,
    );
  return problems;
}

function holds(outer: string, inner: IpRange): boolean {
  const range = parseRange(outer);
  return range !== undefined && contains(range, inner);
}

/**
 * The subnets of a VPC. The first half of its range is for private subnets, an eighth for each zone, the third quarter
 * for public ones, a sixteenth for each zone; the last quarter stays free. A zone keeps its subnets whatever zones come
 * after it, so that a zone can be appended without touching what runs.
 *
 * @param cidrBlock a range without {@link vpcCidrProblems}
 * @param zones at most {@link maxZones}
 * @throws Error when there is no room for so many zones, or the range is none
 */
export function subnetPlan(cidrBlock: string, zones: readonly string[]): ZoneSubnets[] {
  const vpc = parseRange(cidrBlock);
  if (vpc === undefined) throw new Error(`${cidrBlock} is no range of IPv4 addresses`);
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
