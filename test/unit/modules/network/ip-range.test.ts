import { BlockList } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aligned,
  contains,
  formatRange,
  type IpRange,
  overlap,
  parseRange,
  sizeOf,
} from "../../../../modules/network/ip-range";

/** Ranges with no host bits set, most of them small and near each other so that they meet. */
const range: fc.Arbitrary<IpRange> = fc
  .record({ first: fc.nat(2 ** 32 - 1), prefixLength: fc.integer({ min: 0, max: 32 }) })
  .map(aligned);
const nearRange = fc
  .record({
    first: fc.nat(255).map((last) => 10 * 2 ** 24 + last),
    prefixLength: fc.integer({ min: 24, max: 32 }),
  })
  .map(aligned);

const addressOf = (address: number) => formatRange({ first: address, prefixLength: 32 }).replace("/32", "");

/** The range as Node.js parses it, with an implementation of its own. */
function node({ first, prefixLength }: IpRange): BlockList {
  const list = new BlockList();
  list.addSubnet(addressOf(first), prefixLength);
  return list;
}

test("a range is parsed as written", () => {
  expect(parseRange("10.1.2.0/23")).toEqual({ first: 10 * 2 ** 24 + 2 ** 16 + 2 * 256, prefixLength: 23 });
  fc.assert(
    fc.property(range, (any) => {
      expect(parseRange(formatRange(any))).toEqual(any);
    }),
  );
});

test.each([
  "",
  "10.0.0.0",
  "10.0.0.0/33",
  "10.0.0/16",
  "256.0.0.0/8",
  "10.00.0.0/16",
  "10.0.0.0/08",
  "::/64",
])("%j is not a range", (text) => {
  expect(parseRange(text)).toBeUndefined();
});

test("a range starts and ends where Node.js says", () => {
  fc.assert(
    fc.property(range, (any) => {
      const last = any.first + sizeOf(any) - 1;
      const known = node(any);
      expect([known.check(addressOf(any.first)), known.check(addressOf(last))]).toEqual([true, true]);
      if (last < 2 ** 32 - 1) expect(known.check(addressOf(last + 1))).toBe(false);
      if (any.first > 0) expect(known.check(addressOf(any.first - 1))).toBe(false);
    }),
  );
});

test("ranges overlap and contain each other as their addresses do", () => {
  const addresses = (any: IpRange) => Array.from({ length: sizeOf(any) }, (_, index) => any.first + index);
  fc.assert(
    fc.property(nearRange, nearRange, (one, other) => {
      const shared = addresses(one).filter((address) => addresses(other).includes(address));
      expect(overlap(one, other)).toBe(shared.length > 0);
      expect(contains(one, other)).toBe(shared.length === sizeOf(other));
    }),
  );
});
