import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { blocksOf } from "../../../../scripts/review/blocks";
import { minimal, only } from "../../../support/environments/minimal";

const [environment] = loadEnvironments(only({ ...minimal, deletionProtection: true }));
if (environment === undefined) throw new Error("no environment was loaded");

const address = "aws_ecr_repository.web";
const review = {
  unmoved: [{ address, from: "compute-test", to: "compute-test-2", environment: "test" }],
  losses: [{ address, name: "acme-test-web", effect: "destroy", sentences: [] }],
  registryLosses: [
    {
      address: "aws_ecr_registry_policy.registry",
      name: "acme-test-web",
      text: "loses",
      environment: undefined,
    },
  ],
} as unknown as Parameters<typeof blocksOf>[1];
const nothing = { unmoved: [], losses: [], registryLosses: [] };
const blocks = (found: typeof review, orderBlock: string | undefined, registryLosses: boolean) =>
  blocksOf({ environment, stack: "compute-test" }, found, orderBlock, { registryLosses });

test("everything that stops a deploy is named, what has to be done first before the rest", () => {
  const [unmoved, deletion, registry, order, ...more] = blocks(review, "the replicas come first", false);

  expect(unmoved).toContain("would destroy repositories that other stacks declare now");
  expect(deletion).toContain("test is protected from deletion");
  expect(registry).toContain("--accept-registry-losses");
  expect(order).toBe("the replicas come first");
  expect(more).toEqual([]);
});

test("accepting losses of a registry accepts nothing else", () => {
  expect(blocks(review, "the replicas come first", true)).toHaveLength(3);
});

test("nothing stops a deploy that loses nothing", () => {
  expect(blocks(nothing, undefined, false)).toEqual([]);
});
