import { partitionOf } from "../../modules/iam/aws-partition";
import type { UncheckedEnvironment } from "../options/environment";
import { neededEndpoints } from "../plan/endpoints";
import type { RuleContext } from "../schema/rule";

/** Rules of one environment's network, and between it and the rest of the file. */
export function networkRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { network } = environment;
  if (typeof network !== "object" || network === null) return;
  if (network.kind === "own") {
    zonesOfRegion(environment, network.availabilityZones, context);
    reachesAws(environment, context);
  }
  if (network.kind === "existing") {
    bothKinds(network, context);
    routesToS3(network, context);
  }
  endpointNames(environment, context);
}

type Listed = Readonly<Record<string, unknown>>;

const listIn = (of: Listed, option: string): readonly unknown[] => {
  const value = of[option];
  return Array.isArray(value) ? value : [];
};

function zonesOfRegion({ region }: UncheckedEnvironment, zones: unknown, { problem }: RuleContext): void {
  if (typeof region !== "string" || !Array.isArray(zones)) return;
  zones.forEach((zone: unknown, index) => {
    // What is no zone at all is reported by its shape.
    if (typeof zone === "string" && /-\d[a-z]$/.test(zone) && zone.slice(0, -1) !== region)
      problem(
        ["network", "availabilityZones", index],
        zone,
        `the zone is not in the environment's Region; write for example ${region}a`,
      );
  });
}

function reachesAws(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const { network } = environment;
  if (network?.kind !== "own" || network.natGateways !== "none" || !Array.isArray(network.endpoints)) return;
  const listed: readonly unknown[] = network.endpoints;
  const missing = neededEndpoints(environment).filter((service) => !listed.includes(service));
  if (missing.length > 0)
    problem(
      ["network", "endpoints"],
      listed,
      `without NAT gateways consumers reach AWS through endpoints only; add ${missing.map((service) => `"${service}"`).join(", ")}, or leave endpoints out`,
    );
}

function bothKinds(network: Listed, { problem }: RuleContext): void {
  const privateIds = listIn(network, "privateSubnetIds");
  listIn(network, "publicSubnetIds").forEach((id, index) => {
    if (id !== undefined && privateIds.includes(id))
      problem(
        ["network", "publicSubnetIds", index],
        id,
        "privateSubnetIds has this subnet too; remove it from one of them",
      );
  });
}

function routesToS3(network: Listed, { problem }: RuleContext): void {
  const routeTables = listIn(network, "privateRouteTableIds");
  const wanted = listIn(network, "endpoints").includes("s3");
  if (wanted && routeTables.length === 0)
    problem(
      ["network", "privateRouteTableIds"],
      routeTables,
      "the endpoint s3 is a route; add the route tables of the private subnets",
    );
  if (!wanted && routeTables.length > 0)
    problem(
      ["network", "privateRouteTableIds"],
      routeTables,
      'only the endpoint s3 uses route tables; add "s3" to endpoints, or remove them',
    );
}

/** In China the names of endpoint services begin in two ways, depending on the service. */
function endpointNames({ region, network }: UncheckedEnvironment, { problem }: RuleContext): void {
  if (typeof region !== "string" || partitionOf(region) !== "aws-cn") return;
  const { endpoints } = network ?? {};
  if (Array.isArray(endpoints) && endpoints.length > 0)
    problem(
      ["network", "endpoints"],
      endpoints,
      "endpoints are not made in the Regions of China; remove the list and make them beside this project",
    );
  if (network?.kind === "own" && network.natGateways === "none" && endpoints === undefined)
    problem(
      ["network", "natGateways"],
      network.natGateways,
      'without NAT gateways consumers need endpoints, which are not made in the Regions of China; write "one-per-zone" or "single"',
    );
}
