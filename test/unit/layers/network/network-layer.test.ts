import { expect, test } from "vitest";
import { natGatewayChoices } from "../../../../modules/network/nat-gateways";
import { maxZones } from "../../../../modules/network/subnet-plan";
import { stateReads } from "../../../../scripts/runner/state-reads";
import { minimal, only } from "../../../support/environments/minimal";
import { smallest } from "../../../support/environments/one-cluster";
import { type OwnInput, withExisting, withOwn } from "../../../support/environments/own-network";
import { type StackJson, synth } from "../../../support/synth";

const zones = ["a", "b", "c", "d"].map((letter) => `eu-west-1${letter}`);

const ownVpc = (options: Partial<OwnInput> = {}, change = {}) =>
  synth(withOwn(options, change))["network-test"] ?? {};

/** Resources of a type by their address. */
const resources = (json: StackJson, type: string): Record<string, StackJson> =>
  json["resource"]?.[type] ?? {};

const all = (json: StackJson, type: string): StackJson[] => Object.values(resources(json, type));

/** The resource that a reference such as `${aws_subnet.x.id}` names. */
function named(json: StackJson, reference: string): StackJson | undefined {
  const [, type = "", id = ""] = /^\$\{(\w+)\.([\w-]+)\.id\}$/.exec(reference) ?? [];
  return resources(json, type)[id];
}

/** Where the traffic to the internet of each subnet goes, by the subnet's range: a gateway's reference, or nowhere. */
function waysOut(json: StackJson): Record<string, StackJson | undefined> {
  return Object.fromEntries(
    all(json, "aws_route_table_association").map(({ subnet_id, route_table_id }) => [
      named(json, subnet_id)?.["cidr_block"],
      all(json, "aws_route").find((route) => route["route_table_id"] === route_table_id),
    ]),
  );
}

test("an environment without a network has no network layer", () => {
  expect(Object.keys(synth(only(minimal)))).not.toContain("network-test");
});

test("nothing in the VPC gets a public address by itself, and its names are known inside", () => {
  const json = ownVpc();

  expect(all(json, "aws_vpc")).toMatchObject([
    { cidr_block: "10.0.0.0/16", enable_dns_support: true, enable_dns_hostnames: true },
  ]);
  expect(all(json, "aws_subnet")).toHaveLength(4);
  for (const subnet of all(json, "aws_subnet")) expect(subnet["map_public_ip_on_launch"]).toBe(false);
});

test("the default security group has no rules, also none that somebody adds", () => {
  expect(all(ownVpc(), "aws_default_security_group")).toMatchObject([{ ingress: [], egress: [] }]);
});

const numbered = { "one-per-zone": (count: number) => count, single: () => 1, none: () => 0 };

test.each(natGatewayChoices.flatMap((choice) => [2, 3, maxZones].map((count) => [choice, count] as const)))(
  "with NAT gateways %s in %i zones, private subnets reach the internet through them, and public ones always",
  (natGateways, count) => {
    const json = ownVpc({ natGateways, availabilityZones: zones.slice(0, count) });
    const out = waysOut(json);
    const gateways = all(json, "aws_nat_gateway").map(
      ({ subnet_id }) => named(json, subnet_id)?.["availability_zone"],
    );

    expect(gateways.toSorted()).toEqual(zones.slice(0, numbered[natGateways](count)));
    for (const subnet of all(json, "aws_subnet")) {
      const route = out[subnet["cidr_block"]];
      if (subnet["tags"].Name.startsWith("acme-test-public")) expect(route).toHaveProperty("gateway_id");
      else if (natGateways === "none") expect(route).toBeUndefined();
      else {
        const nat = named(json, route?.["nat_gateway_id"]);
        const zone = named(json, nat?.["subnet_id"])?.["availability_zone"];
        expect(zone).toBe(natGateways === "single" ? zones[0] : subnet["availability_zone"]);
      }
    }
  },
);

test("another choice of NAT gateways, or a zone appended, changes no resource that is there", () => {
  const json = ownVpc({ natGateways: "none" });
  const larger = ownVpc({ natGateways: "one-per-zone", availabilityZones: zones, endpoints: [] });

  for (const type of ["aws_vpc", "aws_subnet", "aws_route_table", "aws_route", "aws_route_table_association"])
    expect(resources(larger, type)).toMatchObject(resources(json, type));
});

test("connections are logged for as long as the file says, encrypted with the logs key of security", () => {
  const json = ownVpc({ flowLogs: { retentionInDays: 90 } });

  expect(all(json, "aws_cloudwatch_log_group")).toEqual([
    {
      name: "/aws/vpc/acme-test/flow-logs",
      retention_in_days: 90,
      kms_key_id: "${data.terraform_remote_state.security.outputs.logs_kms_key_arn}",
    },
  ]);
  expect(all(json, "aws_flow_log")).toMatchObject([{ traffic_type: "ALL" }]);
});

test("flow logs are written by a role that AWS assumes for flow logs of the account only", () => {
  const json = ownVpc();

  const [role] = all(json, "aws_iam_role");
  expect(role?.["assume_role_policy"].Statement[0]).toMatchObject({
    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
    Condition: {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-1:111122223333:vpc-flow-log/*" },
    },
  });
  const [policy] = all(json, "aws_iam_role_policy");
  expect(policy?.["policy"].Statement).toMatchObject([
    { Resource: "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/vpc/acme-test/flow-logs:*" },
    { Action: ["logs:DescribeLogGroups"] },
  ]);
});

test("the longest project and environment give the role a name that IAM takes", () => {
  const json = synth(withOwn({}, { project: "p".repeat(30), name: "e".repeat(20) }));

  const [role] = all(json[`network-${"e".repeat(20)}`] ?? {}, "aws_iam_role");
  expect(role?.["name"].length).toBeLessThanOrEqual(64);
});

test("endpoints are reached over HTTPS from the VPC, by the public names of their services", () => {
  const json = ownVpc({ natGateways: "none" });

  const endpoints = all(json, "aws_vpc_endpoint");
  const interfaces = endpoints.filter(({ vpc_endpoint_type }) => vpc_endpoint_type === "Interface");
  expect(interfaces.map(({ service_name }) => service_name).toSorted()).toEqual([
    "com.amazonaws.eu-west-1.ecr.api",
    "com.amazonaws.eu-west-1.ecr.dkr",
    "com.amazonaws.eu-west-1.logs",
  ]);
  for (const { private_dns_enabled, subnet_ids, security_group_ids } of interfaces) {
    expect(private_dns_enabled).toBe(true);
    expect(subnet_ids).toEqual(json["output"].private_subnet_ids.value);
    expect(named(json, security_group_ids[0])).toMatchObject({ name: "acme-test-endpoints" });
  }
  expect(all(json, "aws_vpc_security_group_ingress_rule")).toMatchObject([
    { cidr_ipv4: "10.0.0.0/16", ip_protocol: "tcp", from_port: 443, to_port: 443 },
  ]);
  expect(all(json, "aws_vpc_security_group_egress_rule")).toEqual([]);
});

test("the endpoint of S3 is a route of every private subnet, and of no public one", () => {
  const json = ownVpc({ endpoints: ["s3"] });

  const [endpoint] = all(json, "aws_vpc_endpoint");
  expect(endpoint).toMatchObject({
    vpc_endpoint_type: "Gateway",
    service_name: "com.amazonaws.eu-west-1.s3",
  });
  expect(
    endpoint?.["route_table_ids"].map((reference: string) => named(json, reference)?.["tags"].Name),
  ).toEqual(["acme-test-private-eu-west-1a", "acme-test-private-eu-west-1b"]);
  expect(all(json, "aws_security_group")).toEqual([]);
});

test("every endpoint has a policy, and images of other accounts pass where there is an EKS cluster", () => {
  const resourceOf = (json: StackJson) =>
    all(json, "aws_vpc_endpoint")
      .flatMap(({ policy }) => policy.Statement)
      .filter(({ Sid }) => Sid === "PullImages")
      .map(({ Resource }) => Resource);

  const [own, any] = ["own", "any"].map(
    (which) => `arn:aws:ecr:eu-west-1:${which === "own" ? "111122223333" : "*"}:repository/*`,
  );
  expect(resourceOf(ownVpc({ natGateways: "none" }))).toEqual([own, own]);
  expect(resourceOf(ownVpc({ natGateways: "none" }, { eks: smallest }))).toEqual([any, any]);
});

test("a VPC that was there before is looked up, with each subnet in it, and nothing is made", () => {
  const json = synth(withExisting({}))["network-test"] ?? {};

  expect(json).not.toHaveProperty("resource");
  expect(Object.values(json["data"].aws_vpc)).toEqual([{ id: "vpc-0123456789abcdef0" }]);
  const lookedUp = Object.values<StackJson>(json["data"].aws_subnet);
  expect(lookedUp.map(({ id }) => id)).toEqual(
    ["a", "b", "c"].map((letter) => `subnet-0${letter.repeat(16)}`),
  );
  for (const { vpc_id } of lookedUp) expect(vpc_id).toMatch(/^\$\{data\.aws_vpc\.[\w-]+\.id\}$/);
  expect(JSON.stringify(json)).not.toContain("terraform_remote_state");
});

test("endpoints of a VPC that was there before are reached from its private subnets", () => {
  const json =
    synth(withExisting({ endpoints: ["ecr.dkr", "s3"], privateRouteTableIds: ["rtb-0123456789abcdef0"] }))[
      "network-test"
    ] ?? {};

  const rules = all(json, "aws_vpc_security_group_ingress_rule").map(({ cidr_ipv4 }) => cidr_ipv4);
  expect(rules).toHaveLength(2);
  for (const range of rules) expect(range).toMatch(/^\$\{data\.aws_subnet\.[\w-]+\.cidr_block\}$/);
  expect(all(json, "aws_vpc_endpoint")).toMatchObject([
    { private_dns_enabled: true },
    { route_table_ids: ["rtb-0123456789abcdef0"] },
  ]);
});

test.each([
  ["of its own", withOwn({})],
  ["that was there before", withExisting({})],
])("a network %s publishes the whole contract, and what it reads is published", (_, definitions) => {
  const stacks = synth(definitions);

  expect(Object.keys(stacks["network-test"]?.["output"]).toSorted()).toEqual([
    "contract_version",
    "private_subnet_ids",
    "public_subnet_ids",
    "vpc_cidr_block",
    "vpc_id",
  ]);
  const reads = stateReads(stacks).filter(({ reader }) => reader === "network-test");
  for (const read of reads) expect(read.writer).toBe("security-test");
});
