import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  currentAddresses,
  promisedStacks,
  renewAddresses,
  writtenAddresses,
} from "../../../support/snapshots/address-files";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "addresses-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const stack = (...vpcs: string[]) => ({
  resource: { aws_vpc: Object.fromEntries(vpcs.map((name) => [name, {}])) },
});

test("the lists in test/addresses are those of the stacks; run npm run snapshots", () => {
  expect(writtenAddresses()).toEqual(currentAddresses(promisedStacks()));
});

test("new addresses are written, also of new stacks and of fixtures", () => {
  renewAddresses({ "network-dev": stack("a") }, { acceptLost: false, folder });
  const losses = renewAddresses(
    { "network-dev": stack("b", "a"), "fixtures/network-full": stack("c") },
    { acceptLost: false, folder },
  );

  expect(losses).toEqual([]);
  expect(writtenAddresses(folder)).toEqual({
    "fixtures/network-full": ["aws_vpc.c"],
    "network-dev": ["aws_vpc.a", "aws_vpc.b"],
  });
});

test("the list of a stack that would lose an address stays, until the loss is accepted", () => {
  renewAddresses({ "network-dev": stack("a"), "network-prod": stack("p") }, { acceptLost: false, folder });
  const now = { "network-dev": stack("b") };

  expect(renewAddresses(now, { acceptLost: false, folder }).map(({ lost }) => lost)).toEqual([
    ["aws_vpc.a"],
    ["aws_vpc.p"],
  ]);
  expect(writtenAddresses(folder)).toEqual({ "network-dev": ["aws_vpc.a"], "network-prod": ["aws_vpc.p"] });
  expect(renewAddresses(now, { acceptLost: true, folder })).toEqual([]);
  expect(writtenAddresses(folder)).toEqual({ "network-dev": ["aws_vpc.b"] });
});
