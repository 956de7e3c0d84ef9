import fc from "fast-check";
import { expect, test } from "vitest";
import { type ExistingResource, match, type WantedResource } from "../../../../scripts/imports/match";
import { runs } from "../../../support/property-runs";

const wanted = (address: string, resource: Partial<WantedResource> = {}): WantedResource => ({
  address,
  arguments: {},
  isComplete: true,
  tags: {},
  ...resource,
});
const existing = (id: string, resource: Partial<ExistingResource> = {}): ExistingResource => ({
  id,
  arguments: {},
  tags: {},
  ...resource,
});
const tags = { Environment: "dev", Name: "a" };
const none = new Set<string>();

test("the one resource with all tags is found, also if others have added tags to it", () => {
  const found = existing("vpc-1", { tags: { ...tags, "aws:owner": "team" } });

  const matches = match([wanted("aws_vpc.vpc", { tags })], [found, existing("vpc-2")], none);

  expect(matches.get("aws_vpc.vpc")).toEqual({ found });
});

test("of several resources that fit, none is chosen, and all are candidates", () => {
  const matches = match(
    [wanted("aws_vpc.vpc", { tags })],
    [existing("vpc-1", { tags }), existing("vpc-2", { tags: { ...tags, Extra: "b" } })],
    none,
  );

  expect(matches.get("aws_vpc.vpc")).toEqual({ candidates: ["vpc-1", "vpc-2"] });
});

test("a resource that two declared ones fit is given to neither", () => {
  const group = existing("sg-1", { tags });

  const matches = match(
    [wanted("a", { tags }), wanted("b", { tags: { Environment: "dev" } })],
    [group],
    none,
  );

  expect([...matches.values()]).toEqual([{ candidates: ["sg-1"] }, { candidates: ["sg-1"] }]);
});

test("a resource in the state is no candidate", () => {
  const matches = match([wanted("a", { tags })], [existing("sg-1", { tags })], new Set(["sg-1"]));

  expect(matches.get("a")).toEqual({ candidates: [] });
});

test("an argument that the stack does not set must not be set in AWS", () => {
  const rule = existing("sgr-1", { arguments: { cidr_ipv4: "10.0.0.0/8", from_port: "443" } });

  const matches = match(
    [wanted("a", { arguments: { cidr_ipv4: "10.0.0.0/8", from_port: undefined } })],
    [rule],
    none,
  );

  expect(matches.get("a")).toEqual({ candidates: [] });
});

test("with an argument that is not known, the only resource that fits remains a candidate", () => {
  const matches = match([wanted("a", { isComplete: false })], [existing("sgr-1")], none);

  expect(matches.get("a")).toEqual({ candidates: ["sgr-1"] });
});

test("in any account no ID is given twice, none is in the state, and each found resource is the only one that fits", () => {
  const value = fc.constantFrom("a", "b");
  const fields = fc.record({ x: value, y: value }, { requiredKeys: [] });
  const account = fc.record({
    wanted: fc.array(fc.record({ arguments: fields, tags: fields, isComplete: fc.boolean() }), {
      maxLength: 4,
    }),
    existing: fc.array(
      fc.record({ id: fc.constantFrom("1", "2", "3", "4"), arguments: fields, tags: fields }),
      {
        maxLength: 5,
      },
    ),
    taken: fc.uniqueArray(fc.constantFrom("1", "2", "3", "4"), { maxLength: 2 }),
  });
  const has = (all: object, some: object) =>
    Object.entries(some).every(([key, wish]) =>
      Object.entries(all).some(([k, v]) => k === key && v === wish),
    );

  fc.assert(
    fc.property(account, ({ wanted: declared, existing: inAws, taken }) => {
      const byId = [...new Map(inAws.map((resource) => [resource.id, resource])).values()];
      const matches = match(
        declared.map((resource, index) => wanted(String(index), resource)),
        inAws,
        new Set(taken),
      );
      const fitting = (index: number) =>
        byId.filter(
          (resource) =>
            !taken.includes(resource.id) &&
            has(resource.arguments, declared[index]?.arguments ?? {}) &&
            has(resource.tags, declared[index]?.tags ?? {}),
        );
      const wrong = declared.filter(({ isComplete }, index) => {
        const [only, ...more] = fitting(index);
        const rivals = declared.filter(
          (_, other) => other !== index && fitting(other).some(({ id }) => id === only?.id),
        );
        const mayBeFound = isComplete && only !== undefined && more.length === 0 && rivals.length === 0;
        const result = matches.get(String(index));
        const foundId = result && "found" in result ? result.found.id : undefined;
        return foundId !== (mayBeFound ? only.id : undefined);
      });
      const ids = [...matches.values()].flatMap((result) => ("found" in result ? [result.found.id] : []));
      expect([wrong, ids.length - new Set(ids).size]).toEqual([[], 0]);
    }),
    { numRuns: runs(2000) },
  );
});
