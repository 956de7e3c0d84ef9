import type { z } from "zod";
import type { EcsServiceOptions } from "../options/ecs";
import type { LoadBalancerOptions, SharedLoadBalancerOptions } from "../options/ecs-load-balancer";

/** The options of the target group of a service; `undefined` without a load balancer, its own or a shared one. */
export function targetOptions({
  loadBalancer,
  sharedLoadBalancer,
}: Pick<EcsServiceOptions, "loadBalancer" | "sharedLoadBalancer">) {
  return loadBalancer ?? sharedLoadBalancer;
}

/** Who can reach a load balancer. */
type Reach = Pick<
  z.output<typeof LoadBalancerOptions> | z.output<typeof SharedLoadBalancerOptions>,
  "scheme" | "allowedCidrBlocks"
>;

/** Whether a load balancer has private addresses only. */
export const isInternal = ({ scheme }: { readonly scheme?: unknown }): boolean => scheme === "internal";

/** Ranges that may connect to a load balancer; `undefined` stands for the range of the VPC. */
export function allowedRanges(reach: Reach): readonly string[] | undefined {
  return reach.allowedCidrBlocks ?? (isInternal(reach) ? undefined : ["0.0.0.0/0"]);
}

/** Numbers of rules and target groups that a service needs of a load balancer. */
export function shareOf(options: { readonly shifts: boolean; readonly tests: boolean }): {
  readonly rules: number;
  readonly targetGroups: number;
} {
  const { shifts, tests } = options;
  return { rules: shifts ? (tests ? 3 : 2) : 1, targetGroups: shifts ? 2 : 1 };
}
