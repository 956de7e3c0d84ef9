import { expect, test } from "vitest";
import { importId, type KnownAttributes, type Resources } from "../../../../scripts/imports/import-id";
import { wantedResource } from "../../../../scripts/imports/wanted";
import { only } from "../../../support/environments/minimal";
import { everyConsumer } from "../../../support/every-consumer";
import { synth } from "../../../support/synth";

const account = { partition: "aws", accountId: "222233334444", region: "eu-central-1" };
const stacks = synth(only(everyConsumer));
const stackTags = { Project: "acme" };

const declared = (stack: string, known: KnownAttributes = new Map()) => ({
  resources: stacks[stack]?.["resource"] as Resources,
  account,
  places: new Map(),
  known,
});
const vpc = new Map([["aws_vpc.vpc", { id: "vpc-1" }]]);

test("a resource is told from others by its arguments, its tags and those of its stack", () => {
  expect(wantedResource("aws_vpc.vpc", declared("network-full"), stackTags)).toEqual({
    address: "aws_vpc.vpc",
    arguments: { cidr_block: "10.40.0.0/16" },
    isComplete: true,
    tags: { Project: "acme", Name: "acme-full" },
  });
});

test("an argument that refers to a resource is known as soon as that resource is found", () => {
  const address = "aws_route_table.vpc_public";

  const before = wantedResource(address, declared("network-full"), stackTags);
  const after = wantedResource(address, declared("network-full", vpc), stackTags);

  expect([before.isComplete, before.arguments]).toEqual([false, {}]);
  expect([after.isComplete, after.arguments]).toEqual([true, { vpc_id: "vpc-1" }]);
});

test("a rule whose addresses come from another stack is incomplete", () => {
  const known = new Map([["aws_security_group.eks", { id: "sg-1" }]]);

  expect(
    wantedResource("aws_vpc_security_group_ingress_rule.eks_from_vpc", declared("compute-full", known), {}),
  ).toEqual({
    address: "aws_vpc_security_group_ingress_rule.eks_from_vpc",
    arguments: { security_group_id: "sg-1", ip_protocol: "tcp", from_port: "443", to_port: "443" },
    isComplete: false,
    tags: {},
  });
});

test("a key is looked for by its alias, a secret by its name, whatever their tags", () => {
  const security = declared("security-full");

  expect(wantedResource("aws_kms_key.ecr", security, stackTags)).toMatchObject({
    arguments: { alias: "alias/acme-full-ecr" },
    isComplete: true,
    tags: {},
  });
  expect(wantedResource("aws_secretsmanager_secret.docker-hub", security, stackTags)).toMatchObject({
    arguments: { name: "ecr-pullthroughcache/acme-full-docker-hub" },
    tags: {},
  });
});

test("routes, associations and policies are told by what they belong to", () => {
  const known = new Map([
    ["aws_route_table.vpc_public", { id: "rtb-1" }],
    ["aws_subnet.vpc_public_eu-central-1b", { id: "subnet-1" }],
    ["aws_secretsmanager_secret.docker-hub", { arn: "arn:secret" }],
  ]);
  const network = declared("network-full", known);
  const found = (address: string) => wantedResource(address, network, stackTags);

  expect(found("aws_route.vpc_public_internet")).toMatchObject({
    arguments: { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0" },
    isComplete: true,
    tags: {},
  });
  expect(found("aws_route_table_association.vpc_public_eu-central-1b_routes")).toMatchObject({
    arguments: { route_table_id: "rtb-1", subnet_id: "subnet-1" },
    isComplete: true,
  });
  expect(found("aws_route.vpc_private_eu-central-1a_internet").isComplete).toBe(false);
  expect(importId("aws_secretsmanager_secret_policy.docker-hub", declared("security-full", known))).toBe(
    "arn:secret",
  );
});
