/**
 * How private subnets reach the internet: through a NAT gateway in each zone, through one in the first zone, or not at
 * all.
 */
export const natGatewayChoices = ["one-per-zone", "single", "none"] as const;

export type NatGateways = (typeof natGatewayChoices)[number];
