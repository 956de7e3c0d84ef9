import { keyAlias } from "../../../environments/naming";
import { endpointsOf } from "../../../environments/plan/endpoints";
import type { Environment } from "../../../environments/plan/environment";
import { replicaKeyRegions } from "../../../environments/plan/replicas";
import { hasSecretsKey } from "../../../environments/plan/secrets";
import { gatewayService } from "../../../modules/network/endpoint-services";
import { type CostLine, costLine, hoursOfMonth } from "./cost-line";
import { loadBalancers } from "./load-balancer-cost";

/**
 * What an environment costs without any image: the KMS keys, secrets, VPC endpoints, NAT gateways and load balancers that its file
 * declares. Works offline.
 */
export const declaredCost = (environment: Environment): CostLine[] => [
  ...keys(environment),
  ...secrets(environment),
  ...endpoints(environment),
  ...natGateways(environment),
  ...loadBalancers(environment),
];

/**
 * The keys of the security layer, which creates those for images and logs for every environment.
 *
 * @see https://aws.amazon.com/kms/pricing/ a key costs the same each month whether or not it is used
 */
function keys(environment: Environment): CostLine[] {
  const key = (purpose: "ecr" | "logs" | "secrets", region: string) =>
    costLine({
      ...{ part: "keys", item: keyAlias(environment, purpose), region },
      ...{ quantity: 1, unit: "key-month", priceName: "kmsKeyMonth" },
    });
  return [
    key("ecr", environment.region),
    key("logs", environment.region),
    ...(hasSecretsKey(environment) ? [key("secrets", environment.region)] : []),
    ...replicaKeyRegions(environment).map((region) => key("ecr", region)),
  ];
}

/** A secret is billed as long as it exists, also without a value. */
const secrets = ({ region, security }: Environment): CostLine[] =>
  Object.keys(security.secrets).map((name) =>
    costLine({
      ...{ part: "secrets", item: `secret ${name}`, region },
      ...{ quantity: 1, unit: "secret-month", priceName: "secretMonth" },
    }),
  );

/** An interface endpoint is billed for each zone. The gateway endpoint is free. */
function endpoints(environment: Environment): CostLine[] {
  const { network, region } = environment;
  if (network === undefined) return [];
  const zones = network.kind === "own" ? network.availabilityZones.length : network.privateSubnetIds.length;
  return endpointsOf(environment, network)
    .filter((service) => service !== gatewayService)
    .map((service) =>
      costLine({
        ...{ part: "connectivity", item: `endpoint ${service} in ${zones} zones`, region },
        ...{ quantity: zones * hoursOfMonth, unit: "hour", priceName: "endpointHour" },
      }),
    );
}

/** Each NAT gateway has a public IPv4 address, which is billed as well. */
function natGateways({ network, region }: Environment): CostLine[] {
  if (network?.kind !== "own" || network.natGateways === "none") return [];
  const count = network.natGateways === "single" ? 1 : network.availabilityZones.length;
  const quantity = count * hoursOfMonth;
  const line = (item: string, priceName: "natGatewayHour" | "publicIpv4Hour") =>
    costLine({ part: "connectivity", item, region, quantity, unit: "hour", priceName });
  return [
    line(`${count} NAT ${count === 1 ? "gateway" : "gateways"}`, "natGatewayHour"),
    line(`public IPv4 ${count === 1 ? "address" : "addresses"} of NAT`, "publicIpv4Hour"),
  ];
}
