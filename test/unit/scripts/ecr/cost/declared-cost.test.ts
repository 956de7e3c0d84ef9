import { expect, test } from "vitest";
import { definitions } from "../../../../../environments/all";
import { loadEnvironments, loadProject } from "../../../../../environments/load";
import { type CostLine, totalOf } from "../../../../../scripts/ecr/cost/cost-line";
import { declaredCost } from "../../../../../scripts/ecr/cost/declared-cost";
import { environmentNamed } from "../../../../../scripts/runner/selection";
import { minimal, only } from "../../../../support/environments/minimal";

const shipped = (name: string) => declaredCost(environmentNamed(name, loadProject(definitions).environments));

const itemsOf = (lines: readonly CostLine[]) =>
  lines.map(({ item, region, quantity }) => `${item} ${region} ${quantity}`);

/** Counted by hand from environments/dev.ts: three keys, one secret, one NAT gateway. */
test("dev", () => {
  const lines = shipped("dev");

  expect(itemsOf(lines)).toEqual([
    "alias/myproject-dev-ecr us-east-1 1",
    "alias/myproject-dev-logs us-east-1 1",
    "alias/myproject-dev-secrets us-east-1 1",
    "secret api-token us-east-1 1",
    "1 NAT gateway us-east-1 730",
    "public IPv4 address of NAT us-east-1 730",
  ]);
  expect(totalOf(lines).least).toBeCloseTo(3 * 1 + 0.4 + 730 * 0.045 + 730 * 0.005);
});

/** By hand from environments/prod.ts: a key in each Region with replicas too, and a NAT gateway in each of three zones. */
test("prod", () => {
  const lines = shipped("prod");

  expect(itemsOf(lines)).toEqual([
    "alias/myproject-prod-ecr us-east-1 1",
    "alias/myproject-prod-logs us-east-1 1",
    "alias/myproject-prod-secrets us-east-1 1",
    "alias/myproject-prod-ecr eu-west-1 1",
    "alias/myproject-prod-ecr us-west-2 1",
    "secret api-token us-east-1 1",
    "3 NAT gateways us-east-1 2190",
    "public IPv4 addresses of NAT us-east-1 2190",
  ]);
  expect(totalOf(lines).least).toBeCloseTo(5 + 0.4 + 3 * 730 * 0.05);
});

const costOf = (options: object) => {
  const [environment] = loadEnvironments(only({ ...minimal, ...options }));
  if (environment === undefined) throw new Error("no environment");
  return declaredCost(environment);
};

test("a network without NAT has an interface endpoint for each service and zone, and S3's is free", () => {
  const lines = costOf({
    network: {
      ...{ kind: "own", cidr: "10.0.0.0/16", natGateways: "none" },
      availabilityZones: [`${minimal.region}a`, `${minimal.region}b`],
    },
  }).filter(({ part }) => part === "connectivity");

  expect(lines.map(({ item, quantity }) => [item, quantity])).toEqual([
    ["endpoint ecr.api in 2 zones", 1460],
    ["endpoint ecr.dkr in 2 zones", 1460],
    ["endpoint logs in 2 zones", 1460],
  ]);
});

test("each load balancer is billed by the hour, and a public address in each public subnet", () => {
  const certificateArn = `arn:aws:acm:${minimal.region}:${minimal.accountId}:certificate/1`;
  const image = { repository: "app", tag: "v1" };
  const port = 8080;
  const subnets = (first: string) => [0, 1].map((index) => `subnet-0123456789abcde${first}${index}`);
  const ecs = {
    loadBalancers: {
      public: { certificateArns: [certificateArn] },
      inside: { certificateArns: [certificateArn], scheme: "internal" },
    },
    services: {
      web: { image, port, loadBalancer: { certificateArn } },
      api: { image, port, sharedLoadBalancer: { name: "public", hosts: ["api.example.com"], priority: 1 } },
      tool: { image, port, sharedLoadBalancer: { name: "inside", paths: ["/*"], priority: 1 } },
    },
  };
  const lines = costOf({
    ...{ ecr: { repositories: { app: {} } }, ecs },
    network: {
      ...{ kind: "existing", vpcId: "vpc-0123456789abcdef0" },
      ...{ privateSubnetIds: subnets("e"), publicSubnetIds: subnets("f") },
    },
  }).filter(({ part }) => part === "balancers");

  expect(lines.map(({ item, quantity }) => [item, quantity])).toEqual([
    ["load balancer of service web", 730],
    ["public IPv4 addresses of load balancer of service web", 1460],
    ["load balancer public", 730],
    ["public IPv4 addresses of load balancer public", 1460],
    ["load balancer inside", 730],
  ]);
  expect(totalOf(lines).least).toBeCloseTo(3 * 730 * 0.0252 + 4 * 730 * 0.005);
});

test("an environment of registries alone has the keys of the security layer", () => {
  expect(costOf({}).map(({ part }) => part)).toEqual(["keys", "keys"]);
});

test("in a Region without prices, what costs something is listed, and the total lacks it", () => {
  const lines = costOf({ region: "af-south-1" });

  expect(lines).toHaveLength(2);
  expect(lines.every(({ price }) => price === undefined)).toBe(true);
});
