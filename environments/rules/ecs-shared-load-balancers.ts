import type { UncheckedEcsService } from "../options/ecs";
import type { UncheckedEnvironment } from "../options/environment";
import { trafficShift } from "../plan/ecs-deployment";
import { shareOf } from "../plan/ecs-load-balancer";
import { hiddenBy, type Route } from "../plan/ecs-routes";
import { hyphenatedName } from "../schema/hyphenated-name";
import type { RuleContext } from "../schema/rule";
import { entriesIn, itemsIn, namesIn, textsIn } from "../schema/unchecked";
import { certificateRules, loadBalancerRules } from "./ecs-load-balancer";

type Services = readonly [string, UncheckedEcsService][];

/** Rules for the load balancers that services share, and for the place of each service in them. */
export function sharedLoadBalancerRules(
  environment: UncheckedEnvironment,
  services: Services,
  context: RuleContext,
): void {
  for (const [name, options] of entriesIn(environment.ecs?.loadBalancers)) {
    const at = context.at("ecs", "loadBalancers", name);
    nameRules(name, services, at);
    loadBalancerRules(environment, name, options, at, context);
    for (const [certificate, index] of itemsIn(options.certificateArns))
      certificateRules(environment, certificate, ["certificateArns", index], at);
    const own = services.filter(([, service]) => service.sharedLoadBalancer?.name === name);
    quotas(own, at);
    routes(own, context);
  }
  const names = namesIn(environment.ecs?.loadBalancers) ?? [];
  for (const [service, options] of services)
    placeRules(options, names, context.at("ecs", "services", service));
}

/** The name becomes a part of the load balancer's name. */
function nameRules(name: string, services: Services, { problem }: RuleContext): void {
  if (!hyphenatedName.test(name))
    problem(
      [],
      name,
      "a load balancer name has lowercase letters and digits, with single hyphens between them; use a name such as public",
    );
  if (services.some(([service, { loadBalancer }]) => service === name && loadBalancer !== undefined))
    problem(
      [],
      name,
      "a service of this name has a load balancer of its own, and both would have the same name in AWS; use another name",
    );
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const quota = { rules: 100, targetGroups: 100, values: 5, wildcards: 6 };

/** Outbound rules of a security group by default, one for each service. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const outboundRules = 60;

function quotas(services: Services, { problem }: RuleContext): void {
  if (services.length > outboundRules)
    problem(
      [],
      `${services.length} services`,
      `the security group of a load balancer allows ${outboundRules} outbound rules by default, one for each service; move services to another load balancer`,
    );
  const shares = services.map(([, { deployment }]) =>
    shareOf({
      shifts: trafficShift(deployment) !== undefined,
      tests: deployment?.testHeader !== undefined,
    }),
  );
  for (const [part, what] of [
    ["rules", "listener rules"],
    ["targetGroups", "target groups"],
  ] as const) {
    const needed = shares.reduce((sum, share) => sum + share[part], 0);
    if (needed > quota[part])
      problem(
        [],
        `${services.length} services`,
        `they need ${needed} ${what}, and a load balancer has ${quota[part]}; move services to another load balancer`,
      );
  }
}

/** Rules for one service, apart from the others. */
function placeRules(service: UncheckedEcsService, names: readonly string[], context: RuleContext): void {
  const { sharedLoadBalancer: place, loadBalancer, deployment } = service;
  if (typeof place !== "object" || place === null) return;
  const at = context.at("sharedLoadBalancer");
  const { name, hosts, paths } = place;
  if (loadBalancer !== undefined)
    at.problem([], place, "the service has a load balancer of its own; remove loadBalancer or this option");
  if (typeof name === "string" && name.trim() !== "" && !names.includes(name))
    at.problem(
      ["name"],
      name,
      `ecs.loadBalancers has no such load balancer; ${names.length === 0 ? "add it there" : `use ${names.join(" or ")}, or add it there`}`,
    );
  const values = [...textsIn(hosts), ...textsIn(paths)].map(([value]) => value);
  if (values.length === 0 && itemsIn(hosts).length + itemsIn(paths).length === 0)
    at.problem([], place, 'a rule needs a condition; add hosts, or paths such as ["/*"] for every request');
  const header = trafficShift(deployment) !== undefined && deployment?.testHeader !== undefined ? 1 : 0;
  if (values.length + header > quota.values)
    at.problem(
      [],
      `${values.length} host names and paths`,
      `a rule has up to ${quota.values} values${header === 0 ? "" : ", one of them for testHeader"}; use fewer, for example with *`,
    );
  const wildcards = values.join("").replace(/[^*?]/g, "").length;
  if (wildcards > quota.wildcards)
    at.problem([], `${wildcards} wildcards`, `a rule has up to ${quota.wildcards} of * and ?; use fewer`);
}

/** Rules between the services of one load balancer. */
function routes(services: Services, context: RuleContext): void {
  const all = services.flatMap(([service, { sharedLoadBalancer }]): Route[] => {
    const { priority, hosts, paths } = sharedLoadBalancer ?? {};
    if (typeof priority !== "number") return [];
    const texts = (list: unknown) => textsIn(list).map(([value]) => value);
    return [{ service, priority, hosts: texts(hosts), paths: texts(paths) }];
  });
  for (const [index, route] of all.entries()) {
    const { problem } = context.at("ecs", "services", route.service, "sharedLoadBalancer");
    const same = all.slice(0, index).find(({ priority }) => priority === route.priority);
    if (same !== undefined)
      problem(["priority"], route.priority, `${same.service} has this priority too; use another one`);
    const hiding = hiddenBy(route, all);
    if (hiding !== undefined)
      problem(
        ["priority"],
        route.priority,
        `${hiding.service} gets every request of this service first, because its priority is ${hiding.priority}; use a lower number, or other hosts and paths`,
      );
  }
}
