import { aligned, formatRange, parseRange } from "../../modules/network/ip-range";
import type { UncheckedEnvironment } from "../options/environment";
import { ecsServiceName } from "../plan/ecs";
import { isInternal } from "../plan/ecs-load-balancer";
import type { RuleContext } from "../schema/rule";
import { itemsIn } from "../schema/unchecked";
import { environmentIdOf } from "./sections";

/** What a load balancer of a service and one of several services have in common, before validation. */
interface UncheckedBalancer {
  readonly scheme?: unknown;
  readonly allowedCidrBlocks?: unknown;
}

/** Rules for a load balancer, its own or a shared one. @param name name of its service, or its own in `loadBalancers` */
export function loadBalancerRules(
  environment: UncheckedEnvironment,
  name: string,
  options: UncheckedBalancer,
  context: RuleContext,
  atFile: RuleContext,
): void {
  const identity = environmentIdOf(environment);
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  if (identity !== undefined && ecsServiceName(identity, name).startsWith("internal-"))
    context.problem(
      [],
      identity.project,
      "a load balancer name cannot start with internal-; rename the project",
    );
  ranges(options, context);
  subnets(environment, options, atFile);
}

/** Each certificate must be in the account and Region of the load balancer. @param path of the certificate */
export function certificateRules(
  { region, accountId }: UncheckedEnvironment,
  certificate: unknown,
  path: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  const [, certificateRegion, certificateAccount] =
    /^arn:[^:]+:acm:([^:]+):(\d{12}):/.exec(String(certificate)) ?? [];
  // The schema reports a value that is not an account or Region.
  const known = accountId !== undefined && region !== undefined;
  if (
    known &&
    certificateRegion !== undefined &&
    (certificateRegion !== region || certificateAccount !== accountId)
  )
    problem(
      path,
      certificate,
      `a load balancer needs a certificate in its own account and Region; use a certificate of ${accountId} in ${region}`,
    );
}

function ranges({ allowedCidrBlocks }: UncheckedBalancer, { problem }: RuleContext): void {
  for (const [range, index] of itemsIn(allowedCidrBlocks)) {
    const parsed = typeof range === "string" ? parseRange(range) : undefined;
    if (parsed === undefined) continue;
    const first = formatRange(aligned(parsed));
    if (first !== range)
      problem(["allowedCidrBlocks", index], range, `a range starts at its first address; use ${first}`);
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones */
function subnets(
  { network: given }: UncheckedEnvironment,
  options: UncheckedBalancer,
  { problem }: RuleContext,
): void {
  if (given?.kind !== "existing") return;
  const [option, kind] = isInternal(options)
    ? (["privateSubnetIds", "an internal load balancer needs private"] as const)
    : (["publicSubnetIds", "a load balancer needs public"] as const);
  const found = given[option];
  if ((found ?? []).length < 2)
    problem(["network", option], found, `${kind} subnets in at least two Availability Zones; add their IDs`);
}
