import {
  DescribeRouteTablesCommand,
  EC2Client,
  paginateDescribeVpcEndpoints,
  type RouteTable,
  type RouteTableAssociation,
  type VpcEndpoint,
} from "@aws-sdk/client-ec2";
import { stackName } from "../../../environments/naming";
import type { UncheckedEnvironment } from "../../../environments/options/environment";
import { endpointsOf, neededEndpoints } from "../../../environments/plan/endpoints";
import type { Environment } from "../../../environments/plan/environment";
import type { EndpointService } from "../../../modules/network/endpoint-services";
import type { AccountConnection } from "../account-connection";
import type { DeployedStates } from "./deployed-states";
import { endpointProblems } from "./endpoint-problems";
import { type FoundState, note, ok, problem } from "./finding";

/** Where consumers run. */
interface Place {
  readonly vpcId: string;
  /** Private subnets. */
  readonly subnetIds: readonly string[];
}

/**
 * Whether the consumers of an environment reach ECR and what else they need: through VPC endpoints that are there, or through
 * the internet.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export async function vpcEndpoints(
  account: Pick<AccountConnection, "environment" | "client">,
  states: Pick<DeployedStates, "outputsOf">,
): Promise<FoundState[]> {
  const { environment } = account;
  const { network, region, name } = environment;
  if (network === undefined) return [ok("The environment file has no network.")];
  const place = await placeOf(environment, states);
  if (place === undefined)
    return [note("The network is not deployed.", `npm run deploy -- ${name} --layer network`)];
  const client = account.client(EC2Client);
  const [endpoints, tables] = await Promise.all([endpointsIn(client, place), tablesOf(client, place)]);
  const declared = endpointsOf(environment, network);
  const online = tables.length > 0 && tables.every(reachesInternet);
  // Through NAT gateways, everything is reached without endpoints, as long as there is none that is broken.
  const needed = online ? [] : neededEndpoints(environment as UncheckedEnvironment);
  const services = [...new Set([...declared, ...needed])];
  const problems = services.flatMap((service) => {
    const ours = endpoints.filter(({ ServiceName = "" }) => ServiceName.endsWith(`.${region}.${service}`));
    const found = endpointProblems(service, ours, tables);
    return found.map((text) => problem(text, advice(environment, service, declared.includes(service))));
  });
  if (problems.length > 0) return problems;
  if (services.length === 0)
    return [
      ok(`The private subnets of ${place.vpcId} reach AWS through the internet, without VPC endpoints.`),
    ];
  return [ok(`${place.vpcId} has the VPC endpoints ${services.join(", ")}, and they are available.`)];
}

/** An existing network is known from the file, an own one from its state. */
async function placeOf(
  environment: Environment,
  states: Pick<DeployedStates, "outputsOf">,
): Promise<Place | undefined> {
  const { network, state: location } = environment;
  if (network?.kind === "existing") return { vpcId: network.vpcId, subnetIds: network.privateSubnetIds };
  const outputs = await states.outputsOf({ stack: stackName("network", environment), location });
  const { vpc_id: vpcId, private_subnet_ids: subnetIds } = outputs ?? {};
  return typeof vpcId === "string" && Array.isArray(subnetIds) ? { vpcId, subnetIds } : undefined;
}

async function endpointsIn(client: EC2Client, { vpcId }: Place): Promise<VpcEndpoint[]> {
  const found: VpcEndpoint[] = [];
  const request = { Filters: [{ Name: "vpc-id", Values: [vpcId] }] };
  for await (const { VpcEndpoints = [] } of paginateDescribeVpcEndpoints({ client }, request))
    found.push(...VpcEndpoints);
  return found;
}

/**
 * The route tables of the private subnets. A subnet without a table of its own has the main one of the VPC.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
async function tablesOf(client: EC2Client, { vpcId, subnetIds }: Place): Promise<RouteTable[]> {
  const { RouteTables: all = [] } = await client.send(
    new DescribeRouteTablesCommand({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] }),
  );
  const of = (matches: (association: RouteTableAssociation) => boolean) =>
    all.filter(({ Associations = [] }) => Associations.some(matches));
  const tables = subnetIds.flatMap((id) => {
    const own = of(({ SubnetId }) => SubnetId === id);
    return own.length > 0 ? own : of(({ Main = false }) => Main);
  });
  return [...new Set(tables)];
}

/** Whether a table sends what has no other route to the internet, or through another network that may reach it. */
const reachesInternet = ({ Routes = [] }: RouteTable): boolean =>
  Routes.some(
    ({ DestinationCidrBlock, State }) => DestinationCidrBlock === "0.0.0.0/0" && State !== "blackhole",
  );

function advice({ name, file }: Environment, service: EndpointService, isDeclared: boolean): string {
  const deploy = `npm run deploy -- ${name} --layer network`;
  return isDeclared ? deploy : `Create it, or add "${service}" to network.endpoints in ${file}: ${deploy}`;
}
