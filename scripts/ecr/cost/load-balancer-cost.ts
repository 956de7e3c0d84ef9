import { isInternal } from "../../../environments/plan/ecs-load-balancer";
import type { Environment } from "../../../environments/plan/environment";
import { type CostLine, costLine, hoursOfMonth } from "./cost-line";

/**
 * The hours of each load balancer, and the public IPv4 address that one in public subnets has in each of them. Capacity units are
 * billed by traffic, which a file does not say.
 *
 * @see https://aws.amazon.com/elasticloadbalancing/pricing/
 */
export function loadBalancers({ ecs, network, region }: Environment): CostLine[] {
  if (ecs === undefined) return [];
  const own = Object.entries(ecs.services).flatMap(([name, { loadBalancer }]) =>
    loadBalancer === undefined ? [] : [{ item: `load balancer of service ${name}`, ...loadBalancer }],
  );
  const shared = Object.entries(ecs.loadBalancers).map(([name, options]) => ({
    ...{ item: `load balancer ${name}`, ...options },
  }));
  const subnets =
    network?.kind === "own" ? network.availabilityZones.length : (network?.publicSubnetIds.length ?? 0);
  const hourly = (item: string, quantity: number, priceName: "loadBalancerHour" | "publicIpv4Hour") =>
    costLine({ part: "balancers", item, region, quantity, unit: "hour", priceName });
  return [...own, ...shared].flatMap(({ item, ...options }) => [
    hourly(item, hoursOfMonth, "loadBalancerHour"),
    ...(isInternal(options)
      ? []
      : [hourly(`public IPv4 addresses of ${item}`, subnets * hoursOfMonth, "publicIpv4Hour")]),
  ]);
}
