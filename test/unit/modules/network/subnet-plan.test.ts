import { BlockList } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aligned, formatRange, overlap, parseRange, sizeOf } from "../../../../modules/network/ip-range";
import { maxZones, subnetPlan, vpcCidrProblems } from "../../../../modules/network/subnet-plan";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"];

const anyCidrBlock = fc
  .record({ first: fc.nat(2 ** 32 - 1), prefixLength: fc.integer({ min: 8, max: 30 }) })
  .map((range) => formatRange(aligned(range)));

/** Ranges that a VPC may have. */
const cidrBlock = fc
  .record({
    first: fc.oneof(
      fc.nat(2 ** 24 - 1).map((host) => 10 * 2 ** 24 + host),
      fc.nat(2 ** 20 - 1).map((host) => 172 * 2 ** 24 + 16 * 2 ** 16 + host),
    ),
    prefixLength: fc.integer({ min: 16, max: 23 }),
  })
  .map((range) => formatRange(aligned(range)));

const blocksOf = (cidr: string, count: number) =>
  subnetPlan(cidr, zones.slice(0, count)).flatMap(({ privateCidrBlock, publicCidrBlock }) => [
    privateCidrBlock,
    publicCidrBlock,
  ]);

const rangeOf = (text = "") => parseRange(text) ?? { first: Number.NaN, prefixLength: Number.NaN };

test("a VPC of /16 has private subnets of /19 and public ones of /20", () => {
  expect(subnetPlan("10.0.0.0/16", zones)).toEqual([
    { zone: "us-east-1a", privateCidrBlock: "10.0.0.0/19", publicCidrBlock: "10.0.128.0/20" },
    { zone: "us-east-1b", privateCidrBlock: "10.0.32.0/19", publicCidrBlock: "10.0.144.0/20" },
    { zone: "us-east-1c", privateCidrBlock: "10.0.64.0/19", publicCidrBlock: "10.0.160.0/20" },
    { zone: "us-east-1d", privateCidrBlock: "10.0.96.0/19", publicCidrBlock: "10.0.176.0/20" },
  ]);
});

test("every subnet is inside the VPC and aligned to its size", () => {
  fc.assert(
    fc.property(cidrBlock, fc.integer({ min: 1, max: maxZones }), (cidr, count) => {
      const vpc = new BlockList();
      vpc.addSubnet(cidr.split("/")[0] ?? "", Number(cidr.split("/")[1]));
      const fits = (block: string) => {
        const { first, prefixLength } = rangeOf(block);
        const last = formatRange({ first: first + sizeOf({ first, prefixLength }) - 1, prefixLength: 32 });
        const inside = vpc.check(block.split("/")[0] ?? "") && vpc.check(last.replace("/32", ""));
        return inside && first % 2 ** (32 - prefixLength) === 0 && prefixLength <= 27;
      };
      expect(blocksOf(cidr, count).filter((block) => !fits(block))).toEqual([]);
    }),
  );
});

test("no two subnets share an address, and a quarter of the VPC stays free", () => {
  fc.assert(
    fc.property(cidrBlock, (cidr) => {
      const ranges = blocksOf(cidr, maxZones).map(rangeOf);
      const shared = ranges.filter((one, index) =>
        ranges.slice(index + 1).some((other) => overlap(one, other)),
      );
      expect(shared).toEqual([]);
      const taken = ranges.reduce((sum, one) => sum + sizeOf(one), 0);
      expect(taken).toBe((sizeOf(rangeOf(cidr)) * 3) / 4);
    }),
  );
});

test("appending a zone moves no subnet", () => {
  fc.assert(
    fc.property(cidrBlock, fc.integer({ min: 1, max: maxZones - 1 }), (cidr, count) => {
      expect(blocksOf(cidr, count + 1).slice(0, count * 2)).toEqual(blocksOf(cidr, count));
    }),
  );
});

test("fails when there are too many zones, or the range is not valid", () => {
  expect(() => subnetPlan("10.0.0.0/16", [...zones, "us-east-1e"])).toThrowErrorMatchingInlineSnapshot(
    `[Error: 10.0.0.0/16 has no room for 5 zones]`,
  );
  expect(() => subnetPlan("10.0.0.0", zones)).toThrowErrorMatchingInlineSnapshot(
    `[Error: 10.0.0.0 is not an IPv4 range]`,
  );
});

test.each([
  "10.0.0.0/16",
  "10.255.254.0/23",
  "172.16.0.0/16",
  "172.31.0.0/16",
  "192.168.0.0/16",
  "192.168.4.0/22",
])("%s may be the range of a VPC", (cidr) => {
  expect(vpcCidrProblems(cidr)).toEqual([]);
});

test.each([
  ["10.0.0.0", ["this must be an IPv4 range in CIDR notation; use a range such as 10.0.0.0/16"]],
  ["10.0.0.0/15", ["AWS allows VPCs of /16 to /28; use a range such as 10.0.0.0/16"]],
  ["10.0.0.0/29", ["AWS allows VPCs of /16 to /28; use a range such as 10.0.0.0/16"]],
  [
    "10.0.0.0/24",
    [
      "a public subnet is a sixteenth of the VPC, and load balancers need /27 or larger; use /23 or a larger range",
    ],
  ],
  ["10.0.1.0/16", ["no /16 range starts at this address; use 10.0.0.0/16"]],
  [
    "172.32.0.0/16",
    [
      "a VPC must have private addresses (RFC 1918); use a range inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
    ],
  ],
  [
    "8.8.8.8/15",
    [
      "AWS allows VPCs of /16 to /28; use a range such as 10.0.0.0/16",
      "no /15 range starts at this address; use 8.8.0.0/15",
      "a VPC must have private addresses (RFC 1918); use a range inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
    ],
  ],
])("%s may not be the range of a VPC, with every reason", (cidr, problems) => {
  expect(vpcCidrProblems(cidr)).toEqual(problems);
});

test("a range has no problem when it is private, not too small and not too large", () => {
  const isPrivate = new BlockList();
  for (const [address, bits] of [
    ["10.0.0.0", 8],
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
  ] as const)
    isPrivate.addSubnet(address, bits);
  fc.assert(
    fc.property(fc.oneof(cidrBlock, anyCidrBlock), (cidr) => {
      const [address = "", bits] = cidr.split("/");
      const fits = isPrivate.check(address) && Number(bits) >= 16 && Number(bits) <= 23;
      expect(vpcCidrProblems(cidr).length === 0).toBe(fits);
    }),
  );
});
