import type { UncheckedEnvironment } from "../options/environment";
import { neededEndpoints } from "../plan/endpoints";
import type { RuleContext } from "../schema/rule";

/** Rules for one environment's network, and between it and the rest of the file. */
export function networkRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { network } = environment;
  if (typeof network !== "object" || network === null) return;
  if (network.kind === "own") {
    zonesInRegion(environment, network.availabilityZones, context);
    requiredEndpoints(environment, context);
  }
  if (network.kind === "existing") {
    subnetsInBothLists(network, context);
    s3RouteTables(network, context);
  }
}

type Lists = Readonly<Record<string, unknown>>;

const listIn = (lists: Lists, option: string): readonly unknown[] => {
  const value = lists[option];
  return Array.isArray(value) ? value : [];
};

function zonesInRegion({ region }: UncheckedEnvironment, zones: unknown, { problem }: RuleContext): void {
  if (typeof region !== "string" || !Array.isArray(zones)) return;
  zones.forEach((zone: unknown, index) => {
    // The schema reports a value that is not a zone.
    if (typeof zone === "string" && /-\d[a-z]$/.test(zone) && zone.slice(0, -1) !== region)
      problem(
        ["network", "availabilityZones", index],
        zone,
        `the zone is not in the environment's Region; use a zone such as ${region}a`,
      );
  });
}

function requiredEndpoints(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const { network } = environment;
  if (network?.kind !== "own" || network.natGateways !== "none" || !Array.isArray(network.endpoints)) return;
  const listed: readonly unknown[] = network.endpoints;
  const missing = neededEndpoints(environment).filter((service) => !listed.includes(service));
  if (missing.length > 0)
    problem(
      ["network", "endpoints"],
      listed,
      `without NAT gateways, consumers can reach AWS only through endpoints; add ${missing.map((service) => `"${service}"`).join(", ")}, or remove endpoints`,
    );
}

function subnetsInBothLists(network: Lists, { problem }: RuleContext): void {
  const privateIds = listIn(network, "privateSubnetIds");
  listIn(network, "publicSubnetIds").forEach((id, index) => {
    if (id !== undefined && privateIds.includes(id))
      problem(
        ["network", "publicSubnetIds", index],
        id,
        "privateSubnetIds also contains this subnet; remove it from one of them",
      );
  });
}

function s3RouteTables(network: Lists, { problem }: RuleContext): void {
  const routeTables = listIn(network, "privateRouteTableIds");
  const hasS3Endpoint = listIn(network, "endpoints").includes("s3");
  if (hasS3Endpoint && routeTables.length === 0)
    problem(
      ["network", "privateRouteTableIds"],
      routeTables,
      "the s3 endpoint needs routes; add the route tables of the private subnets",
    );
  if (!hasS3Endpoint && routeTables.length > 0)
    problem(
      ["network", "privateRouteTableIds"],
      routeTables,
      'only the s3 endpoint uses route tables; add "s3" to endpoints, or remove the route tables',
    );
}
