/** How private subnets reach the internet: through a NAT gateway of their zone, through that of the first zone, or not. */
export const natGatewayChoices = ["one-per-zone", "single", "none"] as const;

export type NatGateways = (typeof natGatewayChoices)[number];
