import { BlockList } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { defineEnvironment } from "../../../../../environments/environment";
import { loadEnvironments } from "../../../../../environments/load";
import { ConfigurationError } from "../../../../../environments/schema/problem";
import { problemsIn } from "../../../../support/environments/load-message";
import { minimal, only } from "../../../../support/environments/minimal";
import { existing, type OwnInput, own } from "../../../../support/environments/own-network";
import { runs } from "../../../../support/property-runs";

const environment = (name: string, network: Partial<OwnInput>, accountId = "111122223333") =>
  only({ ...minimal, name, accountId, network: { ...own, ...network } });

test("fails when two networks have addresses in common, whatever their accounts, with both files", () => {
  const definitions = {
    ...environment("one", { cidr: "10.0.0.0/16" }),
    ...environment("two", { cidr: "10.0.128.0/20" }, "444455556666"),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/two.ts: network.cidr: found "10.0.128.0/20"; environments/one.ts has 10.0.0.0/16, and networks with overlapping ranges cannot be connected; choose another range, or add "one" to network.mayOverlap]`,
  );
});

test("networks that are never connected may have addresses in common, when one of the files says so", () => {
  const first = {
    ...environment("one", { mayOverlap: ["two"] }),
    ...environment("two", {}),
  };
  const second = {
    ...environment("one", {}),
    ...environment("two", { mayOverlap: ["one"] }),
  };

  expect([loadEnvironments(first), loadEnvironments(second)].map(({ length }) => length)).toEqual([2, 2]);
});

test("fails when mayOverlap names an environment that has other addresses, or itself", () => {
  const definitions = {
    ...environment("one", { mayOverlap: ["two", "one"] }),
    ...environment("two", { cidr: "10.1.0.0/16" }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/one.ts: network.mayOverlap[0]: found "two"; the range of environments/two.ts does not overlap; remove it
    environments/one.ts: network.mayOverlap[1]: found "one"; the list contains the environment itself; remove it]
  `);
});

test("fails when mayOverlap names no environment, with the nearest one", () => {
  const definitions = {
    ...environment("one", { mayOverlap: ["nope", "twoo", "wrong", "nameless"] }),
    ...environment("two", { cidr: "10.1.0.0/16" }),
    ...only({ ...minimal, name: "wrong", accountId: "1" }),
    "environments/nameless.ts": defineEnvironment({ ...minimal, name: undefined } as never),
  };

  expect(problemsIn(definitions).filter((line) => line.includes("mayOverlap"))).toEqual([
    'environments/one.ts: network.mayOverlap[0]: found "nope"; no environment has this name; remove it',
    'environments/one.ts: network.mayOverlap[1]: found "twoo"; no environment has this name; did you mean "two"?',
  ]);
});

test("a network that was there before is compared with nothing", () => {
  const definitions = {
    ...environment("one", {}),
    ...only({ ...minimal, name: "two", network: existing }),
  };

  expect(loadEnvironments(definitions)).toHaveLength(2);
});

test("two networks are refused exactly when some address is in both", () => {
  const cidr = fc
    .record({ third: fc.nat(15), prefixLength: fc.integer({ min: 20, max: 23 }) })
    .map(({ third, prefixLength }) => {
      const size = 2 ** (24 - prefixLength);
      return `10.0.${third - (third % size)}.0/${prefixLength}`;
    });
  const blocks = (text: string) => {
    const [address = "", bits] = text.split("/");
    const list = new BlockList();
    list.addSubnet(address, Number(bits));
    return Array.from({ length: 16 }, (_, third) => third).filter((third) => list.check(`10.0.${third}.1`));
  };
  fc.assert(
    fc.property(cidr, cidr, (one, two) => {
      const shared = blocks(one).some((third) => blocks(two).includes(third));
      const definitions = { ...environment("one", { cidr: one }), ...environment("two", { cidr: two }) };
      const refused = (() => {
        try {
          loadEnvironments(definitions);
          return false;
        } catch (error) {
          return error instanceof ConfigurationError;
        }
      })();
      expect(refused).toBe(shared);
    }),
    { numRuns: runs(400) },
  );
});
