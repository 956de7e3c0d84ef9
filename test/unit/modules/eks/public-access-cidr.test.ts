import fc from "fast-check";
import { expect, test } from "vitest";
import { publicAccessCidrProblem } from "../../../../modules/eks/public-access-cidr";

test.each(["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/7"])("%s is refused as the internet", (cidr) => {
  expect(publicAccessCidrProblem(cidr)).toBe(
    "a range this wide opens the Kubernetes API to the internet; list only your own addresses, /8 to /32, or remove it and use the private endpoint",
  );
});

test.each(["8.8.8.0", "8.8.8.0/33", "256.0.0.0/8", "08.8.8.0/24", "2001:db8::/32", "office", ""])(
  "%j is not an IPv4 range",
  (cidr) => {
    expect(publicAccessCidrProblem(cidr)).toBe(
      "this must be an IPv4 range in CIDR notation; use <first address>/<prefix length>, with /32 for a single address",
    );
  },
);

test("a range that does not start at its first address is refused with that address", () => {
  expect(publicAccessCidrProblem("8.8.8.77/24")).toBe("a range starts at its first address; use 8.8.8.0/24");
});

test.each([
  ["0.0.0.0/8", "0.0.0.0/8", "this network"],
  ["10.20.0.0/16", "10.0.0.0/8", "private networks"],
  ["10.0.0.7/8", "10.0.0.0/8", "private networks"],
  ["100.127.255.255/32", "100.64.0.0/10", "carrier-grade NAT"],
  ["127.0.0.1/32", "127.0.0.0/8", "loopback"],
  ["169.254.169.254/32", "169.254.0.0/16", "link-local addresses"],
  ["172.31.0.0/16", "172.16.0.0/12", "private networks"],
  ["192.0.0.8/32", "192.0.0.0/24", "IETF protocols"],
  ["192.0.2.0/24", "192.0.2.0/24", "documentation"],
  ["192.168.1.0/24", "192.168.0.0/16", "private networks"],
  ["198.19.0.0/16", "198.18.0.0/15", "benchmarking"],
  ["198.51.100.0/24", "198.51.100.0/24", "documentation"],
  ["203.0.113.5/32", "203.0.113.0/24", "documentation"],
  ["239.0.0.0/8", "224.0.0.0/4", "multicast"],
  ["255.255.255.255/32", "240.0.0.0/4", "future use"],
])("%s is refused, since %s is reserved for %s", (cidr, block, purpose) => {
  expect(publicAccessCidrProblem(cidr)).toBe(
    `${block} is reserved for ${purpose} and not routable on the internet; use your public addresses, or remove it and use the private endpoint`,
  );
});

test.each([
  "9.255.255.255/32",
  "11.0.0.0/8",
  "100.63.0.0/16",
  "100.128.0.0/16",
  "172.32.0.0/16",
  "203.0.112.0/24",
])("%s is next to a reserved range", (cidr) => {
  expect(publicAccessCidrProblem(cidr)).toBeUndefined();
});

/** Prefixes of reserved addresses as bits: private, carrier-grade NAT, link-local, documentation and so on. */
const reservedBits =
  /^(?:0{8}|00001010|0110010001|01111111|1010100111111110|101011000001|1{3}|1100000010101000|110001100001001|11000000(?:0{16}|0{14}10)|110001100011001101100100|110010110000000001110001)/;

/** The bits of an address as text: a model without arithmetic. */
const bitsOf = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");

test("a range that is not reserved is accepted exactly when the bits after its prefix are 0", () => {
  const byte = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.tuple(byte, byte, byte, byte), fc.integer({ min: 8, max: 32 }), (bytes, prefix) => {
      const problem = publicAccessCidrProblem(`${bytes.join(".")}/${prefix}`);

      const bits = bitsOf(bytes);
      fc.pre(!reservedBits.test(bits.slice(0, prefix)));
      const first = bits.slice(0, prefix).padEnd(32, "0");
      const written = (first.match(/.{8}/g) ?? []).map((each) => Number.parseInt(each, 2)).join(".");
      expect(problem).toBe(
        first === bits ? undefined : `a range starts at its first address; use ${written}/${prefix}`,
      );
    }),
  );
});
