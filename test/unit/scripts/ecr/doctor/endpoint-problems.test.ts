import type { VpcEndpoint } from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import { endpointProblems } from "../../../../../scripts/ecr/doctor/endpoint-problems";

const tables = [{ RouteTableId: "rtb-a" }, { RouteTableId: "rtb-b" }];
// EC2 answers with states in lower case, which the types of the SDK do not have.
const endpoint = (change: object): VpcEndpoint =>
  ({
    VpcEndpointId: "vpce-1",
    State: "available",
    VpcEndpointType: "Interface",
    PrivateDnsEnabled: true,
    ...change,
  }) as unknown as VpcEndpoint;
const gateway = (...RouteTableIds: string[]) =>
  endpoint({ VpcEndpointType: "Gateway", PrivateDnsEnabled: false, RouteTableIds });

test("an endpoint that is available and has private DNS is fine, whatever the case of its state", () => {
  expect(endpointProblems("ecr.api", [endpoint({})], tables)).toEqual([]);
  expect(endpointProblems("ecr.api", [endpoint({ State: "Available" })], tables)).toEqual([]);
});

test("a gateway endpoint is in every route table of the private subnets", () => {
  expect(endpointProblems("s3", [gateway("rtb-a", "rtb-b", "rtb-c")], tables)).toEqual([]);
  expect(endpointProblems("s3", [gateway("rtb-a")], tables)).toEqual([
    "The endpoint vpce-1 for s3 is not in the route tables of the private subnets: rtb-b.",
  ]);
});

test("one usable endpoint of several is enough", () => {
  expect(endpointProblems("s3", [gateway(), endpoint({})], tables)).toEqual([]);
});

test.each<[string, VpcEndpoint[], string]>([
  ["is missing", [], "The VPC has no endpoint for ecr.dkr, and no other way to reach it."],
  [
    "waits",
    [endpoint({ State: "pendingAcceptance" })],
    "The endpoint vpce-1 for ecr.dkr is pendingAcceptance.",
  ],
  [
    "has no private DNS",
    [endpoint({ PrivateDnsEnabled: false })],
    "The endpoint vpce-1 for ecr.dkr has no private DNS, so the public name of the service leads past it.",
  ],
])("an endpoint that %s is told", (_, endpoints, text) => {
  expect(endpointProblems("ecr.dkr", endpoints, tables)).toEqual([text]);
});
