import { dependencyCycle } from "../../modules/ecs/dependency-cycle";
import type { UncheckedEcsService } from "../options/ecs";
import { unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { textsIn } from "../schema/unchecked";

type Services = readonly (readonly [string, UncheckedEcsService])[];

/** Rules for Service Connect between the services of an environment. @param context of `ecs.services` */
export function serviceConnectRules(services: Services, context: RuleContext): void {
  for (const [name, service] of services) {
    if (typeof service.serviceConnect !== "object" || service.serviceConnect === null) continue;
    const at = context.at(name, "serviceConnect");
    purpose(service, at);
    server(service, at);
    for (const [target, index] of textsIn(service.serviceConnect.connectsTo))
      connection(services, name, target, at.at("connectsTo", index));
  }
  clientCounts(services, context);
  circle(services, context);
  sameAliases(services, context);
}

/** Rules of the security group of a server by default. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const inboundRules = 60;

/** Each client, and the load balancer, needs an inbound rule of the server's security group. */
function clientCounts(services: Services, { problem }: RuleContext): void {
  const counts = new Map<string, number>();
  for (const [, { serviceConnect }] of services)
    for (const [target] of textsIn(serviceConnect?.connectsTo))
      counts.set(target, (counts.get(target) ?? 0) + 1);
  for (const [name, { loadBalancer, sharedLoadBalancer }] of services) {
    const clients = counts.get(name) ?? 0;
    const balanced = loadBalancer !== undefined || sharedLoadBalancer !== undefined ? 1 : 0;
    if (clients + balanced > inboundRules)
      problem(
        [name],
        `${clients} clients`,
        `a security group allows ${inboundRules} inbound rules by default, and each client${balanced === 1 ? " and the load balancer need" : " needs"} one; connect fewer services to ${name}`,
      );
  }
}

function purpose({ serviceConnect }: UncheckedEcsService, { problem }: RuleContext): void {
  if (serviceConnect?.server === undefined && textsIn(serviceConnect?.connectsTo).length === 0)
    problem(
      [],
      serviceConnect,
      "the service is neither a server nor a client; add server or connectsTo, or remove serviceConnect",
    );
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TimeoutConfiguration.html */
function server({ port, serviceConnect }: UncheckedEcsService, { problem }: RuleContext): void {
  const options = serviceConnect?.server;
  if (options === undefined) return;
  if (port === undefined)
    problem(["server"], options, "clients connect to the port of the container; add port to the service");
  if (options.requestTimeoutSeconds !== undefined && (options.protocol ?? "tcp") === "tcp")
    problem(
      ["server", "requestTimeoutSeconds"],
      options.requestTimeoutSeconds,
      'the proxy sees no requests in tcp; set protocol to "http", "http2" or "grpc", or remove it',
    );
}

function connection(services: Services, name: string, target: string, { problem }: RuleContext): void {
  const others = services.map(([other]) => other).filter((other) => other !== name);
  const found = services.find(([other]) => other === target)?.[1];
  if (target === name) problem([], target, "a service does not connect to itself; remove this entry");
  else if (found === undefined) problem([], target, unknownName("ecs.services", "service", target, others));
  else if (found.serviceConnect?.server === undefined)
    problem(
      [],
      target,
      `"${target}" is not a server; add serviceConnect: { server: {} } to it, or remove this entry`,
    );
}

/** Tasks find only servers that exist when their deployment starts, so clients start after servers. */
function circle(services: Services, context: RuleContext): void {
  const cycle = dependencyCycle(
    Object.fromEntries(
      services.map(([name, { serviceConnect }]) => [
        name,
        textsIn(serviceConnect?.connectsTo).flatMap(([target]) => (target === name ? [] : [target])),
      ]),
    ),
  );
  const [first] = cycle ?? [];
  if (cycle !== undefined && first !== undefined)
    context.problem(
      [first, "serviceConnect", "connectsTo"],
      cycle,
      `each of ${cycle.join(", ")} would have to start after the next one, because tasks find only servers that run before them; remove one connection, or put a load balancer in front of one of the services`,
    );
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectClientAlias.html */
function sameAliases(services: Services, context: RuleContext): void {
  const owners = new Map<string, string>();
  for (const [name, { port, serviceConnect }] of services) {
    const options = serviceConnect?.server;
    if (options === undefined) continue;
    const { alias = name, aliasPort = port } = options;
    const place = `${String(alias)}:${String(aliasPort)}`;
    const owner = owners.get(place);
    if (owner === undefined) owners.set(place, name);
    else
      context.problem(
        [name, "serviceConnect", "server"],
        place,
        `clients reach "${owner}" under this name and port; choose another alias or aliasPort`,
      );
  }
}
