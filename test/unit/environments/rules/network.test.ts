import { expect, test } from "vitest";
import type { Definition } from "../../../../environments/environment";
import { loadEnvironments } from "../../../../environments/load";
import { endpointsOf } from "../../../../environments/plan/endpoints";
import { smallest } from "../../../support/environments/one-cluster";
import { withExisting, withOwn } from "../../../support/environments/own-network";

function endpoints(definitions: Record<string, Definition>) {
  const [environment] = loadEnvironments(definitions);
  return environment?.network && endpointsOf(environment, environment.network);
}

test("a network of its own gets every default", () => {
  const [environment] = loadEnvironments(withOwn({}));

  expect(environment?.network).toEqual({
    kind: "own",
    cidr: "10.0.0.0/16",
    mayOverlap: [],
    availabilityZones: ["eu-west-1a", "eu-west-1b"],
    natGateways: "one-per-zone",
    flowLogs: { retentionInDays: 365 },
  });
});

test("a network that was there before gets every default", () => {
  const [environment] = loadEnvironments(withExisting({ publicSubnetIds: undefined }));

  expect(environment?.network).toEqual({
    kind: "existing",
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"],
    publicSubnetIds: [],
    endpoints: [],
    privateRouteTableIds: [],
  });
});

test("fails when options of a network have a wrong shape, each with what to write", () => {
  const definitions = withOwn({
    cidr: 10 as never,
    availabilityZones: ["a"],
    natGateways: "one" as never,
    endpoints: ["ecr"] as never,
    flowLogs: { retentionInDays: 100 as never },
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: network.cidr: found 10; this must be an IPv4 range in CIDR notation; use a string such as '10.0.0.0/16'
    environments/test.ts: network.availabilityZones[0]: found "a"; an Availability Zone is a Region code and a letter; use a zone such as us-east-1a
    environments/test.ts: network.availabilityZones: found ["a"]; load balancers and EKS need two zones; add one
    environments/test.ts: network.natGateways: found "one"; this must be one of one-per-zone, single, none; did you mean "none"?
    environments/test.ts: network.endpoints[0]: found "ecr"; this must be one of ecr.api, ecr.dkr, s3, logs, secretsmanager, kms, sts, ec2, eks-auth, ssmmessages; did you mean "ec2"?
    environments/test.ts: network.flowLogs.retentionInDays: found 100; CloudWatch Logs accepts only certain retention periods; use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]
  `);
});

test("fails when a network does not say which kind it is", () => {
  const definitions = withOwn({ kind: undefined as never });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: network.kind: found nothing; this must be a network; use { kind: "own", … } or { kind: "existing", vpcId, … }]`,
  );
});

test("fails when ids of a network are none", () => {
  const definitions = withExisting({
    vpcId: "myvpc",
    privateSubnetIds: [],
    publicSubnetIds: ["subnet-xyz"],
    privateRouteTableIds: ["table"],
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: network.vpcId: found "myvpc"; this must be the ID of a VPC; use vpc-<hexadecimal digits>
    environments/test.ts: network.privateSubnetIds: found []; the list needs at least one private subnet; add its ID
    environments/test.ts: network.publicSubnetIds[0]: found "subnet-xyz"; this must be the ID of a subnet; use subnet-<hexadecimal digits>
    environments/test.ts: network.privateRouteTableIds[0]: found "table"; this must be the ID of a route table; use rtb-<hexadecimal digits>
    environments/test.ts: network.privateRouteTableIds: found ["table"]; only the s3 endpoint uses route tables; add "s3" to endpoints, or remove the route tables]
  `);
});

test("fails when the range is none for a VPC, with every reason", () => {
  expect(() => loadEnvironments(withOwn({ cidr: "8.8.8.8/24" }))).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: network.cidr: found "8.8.8.8/24"; a public subnet is a sixteenth of the VPC, and load balancers need /27 or larger; use /23 or a larger range
    environments/test.ts: network.cidr: found "8.8.8.8/24"; no /24 range starts at this address; use 8.8.8.0/24
    environments/test.ts: network.cidr: found "8.8.8.8/24"; a VPC must have private addresses (RFC 1918); use a range inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16]
  `);
});

test("fails when zones are in another Region, or listed twice, or too many", () => {
  const elsewhere = withOwn({ availabilityZones: ["eu-west-1a", "us-east-1b", "eu-west-1a"] });
  const many = withOwn({
    availabilityZones: ["a", "b", "c", "d", "e"].map((letter) => `eu-west-1${letter}`),
  });

  expect(() => loadEnvironments(elsewhere)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: network.availabilityZones[2]: found "eu-west-1a"; this is listed twice; remove it here
    environments/test.ts: network.availabilityZones[1]: found "us-east-1b"; the zone is not in the environment's Region; use a zone such as eu-west-1a]
  `);
  expect(() => loadEnvironments(many)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: network.availabilityZones: found ["eu-west-1a","eu-west-1b","eu-west-1c","eu-west-1d","eu-west-1e"]; the VPC's range has space for 4 zones; remove some]`,
  );
});

test("without NAT gateways the endpoints are those that consumers cannot do without", () => {
  const images = ["ecr.api", "ecr.dkr", "s3", "logs"];

  expect(endpoints(withOwn({ natGateways: "none" }))).toEqual(images);
  expect(endpoints(withOwn({ natGateways: "none" }, { eks: smallest }))).toEqual([
    ...images,
    "sts",
    "ec2",
    "eks-auth",
  ]);
  expect(endpoints(withOwn({ natGateways: "none" }, { security: { secrets: { token: {} } } }))).toEqual([
    ...images,
    "secretsmanager",
  ]);
});

test("pods get roles through the endpoint of EKS Auth, which Fargate has no agent for", () => {
  const fargateProfiles = { all: { selectors: [{ namespace: "kube-system" }] } };
  const onFargate = withOwn(
    { natGateways: "none" },
    { eks: { ...smallest, nodeGroups: {}, fargateProfiles } },
  );
  const tooFew = ["ecr.api", "ecr.dkr", "s3", "logs", "sts", "ec2"] as const;

  expect(endpoints(onFargate)).not.toContain("eks-auth");
  expect(() =>
    loadEnvironments(withOwn({ natGateways: "none", endpoints: [...tooFew] }, { eks: smallest })),
  ).toThrow(
    'without NAT gateways, consumers can reach AWS only through endpoints; add "eks-auth", or remove',
  );
});

test("with NAT gateways, or in a VPC that was there before, the endpoints are those listed", () => {
  expect(endpoints(withOwn({}))).toEqual([]);
  expect(endpoints(withOwn({ natGateways: "single", endpoints: ["kms"] }))).toEqual(["kms"]);
  expect(endpoints(withExisting({}))).toEqual([]);
  expect(endpoints(withExisting({ endpoints: ["ecr.api"] }))).toEqual(["ecr.api"]);
});

test("fails when there is no NAT gateway and an endpoint is missing that consumers cannot do without", () => {
  const definitions = withOwn(
    { natGateways: "none", endpoints: ["ecr.api", "s3", "kms"] },
    { security: { secrets: { token: {} } } },
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: network.endpoints: found ["ecr.api","s3","kms"]; without NAT gateways, consumers can reach AWS only through endpoints; add "ecr.dkr", "logs", "secretsmanager", or remove endpoints]`,
  );
});

test("more endpoints than needed may be listed", () => {
  const definitions = withOwn({
    natGateways: "none",
    endpoints: ["kms", "logs", "s3", "ecr.dkr", "ecr.api"],
  });

  expect(endpoints(definitions)).toHaveLength(5);
});

test("fails when the endpoint of S3 and route tables do not go together", () => {
  const none = withExisting({ endpoints: ["s3"] });
  const needless = withExisting({ endpoints: ["logs"], privateRouteTableIds: ["rtb-0123456789abcdef0"] });

  expect(() => loadEnvironments(none)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: network.privateRouteTableIds: found [] (the default); the s3 endpoint needs routes; add the route tables of the private subnets]`,
  );
  expect(() => loadEnvironments(needless)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: network.privateRouteTableIds: found ["rtb-0123456789abcdef0"]; only the s3 endpoint uses route tables; add "s3" to endpoints, or remove the route tables]`,
  );
});

test("fails when something is listed twice", () => {
  const definitions = withExisting({
    privateSubnetIds: ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0aaaaaaaaaaaaaaaa"],
    publicSubnetIds: ["subnet-0aaaaaaaaaaaaaaaa"],
    endpoints: ["logs", "logs"],
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: network.privateSubnetIds[1]: found "subnet-0aaaaaaaaaaaaaaaa"; this is listed twice; remove it here
    environments/test.ts: network.endpoints[1]: found "logs"; this is listed twice; remove it here
    environments/test.ts: network.publicSubnetIds[0]: found "subnet-0aaaaaaaaaaaaaaaa"; privateSubnetIds also contains this subnet; remove it from one of them]
  `);
});

test("the China Regions have endpoints too", () => {
  const china = { region: "cn-north-1" };
  const availabilityZones = ["cn-north-1a", "cn-north-1b"];

  expect(endpoints(withOwn({ availabilityZones, endpoints: ["s3"] }, china))).toEqual(["s3"]);
  expect(endpoints(withOwn({ availabilityZones, natGateways: "none" }, china))).toContain("ecr.api");
  expect(endpoints(withOwn({ availabilityZones }, china))).toEqual([]);
});

test("fails when a production network has one NAT gateway for all zones", () => {
  const definitions = withOwn(
    { natGateways: "single" },
    { tier: "production", ecr: { encryptionType: "KMS" } },
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: network.natGateways: found "single"; production must keep internet access when an Availability Zone fails; set natGateways: "one-per-zone" or "none", or state the reason in productionExceptions with rule: "nat-per-zone"]`,
  );
});

test.each(["one-per-zone", "none"] as const)(
  "a production network may have NAT gateways: %s",
  (natGateways) => {
    const definitions = withOwn({ natGateways }, { tier: "production", ecr: { encryptionType: "KMS" } });

    expect(loadEnvironments(definitions)).toHaveLength(1);
  },
);
