import { DescribeRouteTablesCommand, EC2Client, type RouteTable } from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import type { Definition } from "../../../../../environments/environment";
import { loadEnvironments } from "../../../../../environments/load";
import type { AccountConnection } from "../../../../../scripts/ecr/account-connection";
import { vpcEndpoints } from "../../../../../scripts/ecr/doctor/vpc-endpoints";
import { withExisting, withOwn } from "../../../../support/environments/own-network";

/** A VPC with these endpoints, all of them usable, and these route tables. */
function accountWith(of: Record<string, Definition>, services: readonly string[], tables: RouteTable[]) {
  const [environment] = loadEnvironments(of);
  if (environment === undefined) throw new Error("no environment");
  const client = Object.assign(new EC2Client({ region: environment.region }), {
    send: async (command: object) =>
      command instanceof DescribeRouteTablesCommand
        ? { RouteTables: tables }
        : {
            VpcEndpoints: services.map((service) => ({
              ...{ VpcEndpointId: "vpce-1", State: "available", VpcEndpointType: "Interface" },
              ...{ PrivateDnsEnabled: true, ServiceName: `com.amazonaws.${environment.region}.${service}` },
            })),
          },
  });
  return { environment, client: () => client } as unknown as AccountConnection;
}

const offline: RouteTable[] = [{ RouteTableId: "rtb-m", Associations: [{ Main: true }], Routes: [] }];
const online: RouteTable[] = [
  {
    RouteTableId: "rtb-m",
    Associations: [{ Main: true }],
    Routes: [{ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1", State: "active" }],
  },
];
const states = (outputs: Record<string, unknown> | undefined) => ({ outputsOf: async () => outputs });
const deployed = states({ vpc_id: "vpc-1", private_subnet_ids: ["subnet-1"] });

test("without internet, each service that consumers need has an endpoint", async () => {
  const account = accountWith(withExisting({}), ["ecr.api", "logs"], offline);

  expect(await vpcEndpoints(account, deployed)).toEqual(
    ["ecr.dkr", "s3"].map((service) => ({
      state: "problem",
      text: `The VPC has no endpoint for ${service}, and no other way to reach it.`,
      advice: `Create it, or add "${service}" to network.endpoints in ${account.environment.file}: npm run deploy -- ${account.environment.name} --layer network`,
    })),
  );
});

test("a NAT gateway replaces the endpoints, except those that the file declares", async () => {
  expect(await vpcEndpoints(accountWith(withExisting({}), [], online), deployed)).toMatchObject([
    { state: "ok", text: expect.stringContaining("through the internet") },
  ]);
  const declared = accountWith(withExisting({ endpoints: ["ecr.api"] }), [], online);
  expect(await vpcEndpoints(declared, deployed)).toMatchObject([
    { state: "problem", advice: expect.stringMatching(/^npm run deploy/) },
  ]);
});

test("a route that leads nowhere is no way to the internet", async () => {
  const [table] = online;
  const hole = [{ ...table, Routes: [{ DestinationCidrBlock: "0.0.0.0/0", State: "blackhole" as const }] }];

  expect(await vpcEndpoints(accountWith(withExisting({}), [], hole), deployed)).toHaveLength(4);
});

test("a network of the environment is found by its state, and is not deployed without one", async () => {
  const of = withOwn({ natGateways: "none" });
  const services = ["ecr.api", "ecr.dkr", "s3", "logs"];

  expect(await vpcEndpoints(accountWith(of, services, offline), deployed)).toEqual([
    {
      state: "ok",
      text: "vpc-1 has the VPC endpoints ecr.api, ecr.dkr, s3, logs, and they are available.",
    },
  ]);
  expect(await vpcEndpoints(accountWith(of, services, offline), states(undefined))).toMatchObject([
    { state: "note", text: "The network is not deployed." },
  ]);
});
