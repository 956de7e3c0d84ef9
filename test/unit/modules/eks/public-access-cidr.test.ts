import fc from "fast-check";
import { expect, test } from "vitest";
import { publicAccessCidrProblem } from "../../../../modules/eks/public-access-cidr";

test.each(["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/7"])("%s is refused as the internet", (cidr) => {
  expect(publicAccessCidrProblem(cidr)).toBe(
    "a range as wide as this opens the Kubernetes API to the internet; write the addresses that you use, /8 to /32, or leave it out and use the private endpoint",
  );
});

test.each(["203.0.113.0", "203.0.113.0/33", "256.0.0.0/8", "2001:db8::/32", "office", ""])(
  "%j is no range of IPv4 addresses",
  (cidr) => {
    expect(publicAccessCidrProblem(cidr)).toBe(
      "this must be a range of IPv4 addresses; write for example 203.0.113.0/24",
    );
  },
);

test("a range that is not written by its first address is answered with that", () => {
  expect(publicAccessCidrProblem("203.0.113.77/24")).toBe(
    "a range is written by its first address; write 203.0.113.0/24",
  );
});

/** The bits of an address, as a text: a model that does no arithmetic. */
const bitsOf = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");

test("a range is taken exactly when the bits behind its prefix are 0", () => {
  const byte = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.tuple(byte, byte, byte, byte), fc.integer({ min: 8, max: 32 }), (bytes, prefix) => {
      const problem = publicAccessCidrProblem(`${bytes.join(".")}/${prefix}`);

      const bits = bitsOf(bytes);
      const first = bits.slice(0, prefix).padEnd(32, "0");
      const written = (first.match(/.{8}/g) ?? []).map((each) => Number.parseInt(each, 2)).join(".");
      expect(problem).toBe(
        first === bits ? undefined : `a range is written by its first address; write ${written}/${prefix}`,
      );
    }),
  );
});
