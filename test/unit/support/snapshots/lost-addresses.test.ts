import { expect, test } from "vitest";
import { promisedStacks, writtenAddresses } from "../../../support/snapshots/address-files";
import { lossText, lostAddresses } from "../../../support/snapshots/lost-addresses";

const before = {
  "compute-dev": ["aws_ecr_lifecycle_policy.app", "aws_ecr_repository.app", "aws_sns_topic.alerts"],
  "network-dev": ["aws_vpc.vpc"],
};

const unchanged = {
  "compute-dev": {
    resource: {
      aws_ecr_lifecycle_policy: { app: {} },
      aws_ecr_repository: { app: {} },
      aws_sns_topic: { alerts: {} },
    },
  },
  "network-dev": { resource: { aws_vpc: { vpc: {} } } },
};

test("no stack loses an address without a moved block", () => {
  expect(lossText(lostAddresses(writtenAddresses(), promisedStacks()))).toBe("");
});

test("new resources and new stacks lose nothing", () => {
  const more = { ...unchanged, "network-prod": { resource: { aws_vpc: { vpc: {} } } } };

  expect(lostAddresses(before, more)).toEqual([]);
  expect(lossText([])).toBe("");
});

test("a moved block keeps the resource", () => {
  const resource = { ...unchanged["compute-dev"].resource, aws_ecr_repository: { web: {} } };
  const moved = [{ from: "aws_ecr_repository.app", to: "aws_ecr_repository.web" }];

  expect(lostAddresses(before, { ...unchanged, "compute-dev": { resource, moved } })).toEqual([]);
});

test("fails when addresses change, and names what Terraform would destroy and what to do", () => {
  const resource = {
    aws_ecr_lifecycle_policy: { app: {} },
    aws_ecr_repository: { web: {}, api: {} },
  };

  expect(
    lossText(lostAddresses(before, { ...unchanged, "compute-dev": { resource } })),
  ).toMatchInlineSnapshot(`
    "compute-dev: Terraform would destroy these resources, because their addresses are gone without a moved block:
      aws_ecr_repository.app (new of this type: aws_ecr_repository.web, aws_ecr_repository.api)
      aws_sns_topic.alerts
    If it is still the same resource, keep it: call moveFromId("<old address>") on it, or set renamedFrom on a repository that has a new short name.
    If it is to be destroyed, or the environment is gone: npm run snapshots -- --accept-lost
    "
  `);
});

test("fails when a stack is gone", () => {
  expect(lossText(lostAddresses(before, { "compute-dev": unchanged["compute-dev"] }))).toMatchInlineSnapshot(`
    "network-dev is gone. Nothing manages what it had any more (1 resource); Terraform does not destroy it.
    If it is still the same resource, keep it: call moveFromId("<old address>") on it, or set renamedFrom on a repository that has a new short name.
    If it is to be destroyed, or the environment is gone: npm run snapshots -- --accept-lost
    "
  `);
});
