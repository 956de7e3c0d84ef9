import fc from "fast-check";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { problemsIn } from "../../../support/environments/load-message";
import { type EcsInput, image, withService } from "../../../support/environments/one-service";
import { runs } from "../../../support/property-runs";

type Services = NonNullable<EcsInput["services"]>;

const server = { image, port: 8080, serviceConnect: { server: {} } };
const withServices = (services: Services) => withService({}, { ecs: { services } });
const problems = (services: Services) =>
  problemsIn(withServices(services)).map((problem) =>
    problem.replace("environments/test.ts: ecs.services.", ""),
  );

test("services connect to servers by name", () => {
  const services: Services = {
    web: { image, serviceConnect: { connectsTo: ["orders"] } },
    orders: {
      image,
      port: 8080,
      serviceConnect: { server: { protocol: "grpc", requestTimeoutSeconds: 5 }, connectsTo: ["stock"] },
    },
    stock: server,
  };

  expect(loadEnvironments(withServices(services))).toHaveLength(1);
});

test("fails when Service Connect does nothing", () => {
  expect(problems({ web: { image, serviceConnect: {} } })).toEqual([
    'web.serviceConnect: found {"connectsTo":[]}; the service is neither a server nor a client; add server or connectsTo, or remove serviceConnect',
  ]);
});

test("fails when a server has no port", () => {
  expect(problems({ web: { image, serviceConnect: { server: {} } } })).toEqual([
    'web.serviceConnect.server: found {"protocol":"tcp"}; clients connect to the port of the container; add port to the service',
  ]);
});

test("fails when requests of tcp would have a time limit", () => {
  const options = { ...server, serviceConnect: { server: { requestTimeoutSeconds: 5 } } };

  expect(problems({ web: options })).toEqual([
    'web.serviceConnect.server.requestTimeoutSeconds: found 5; the proxy sees no requests in tcp; set protocol to "http", "http2" or "grpc", or remove it',
  ]);
});

test("fails when a service connects to itself, to none, or to one that is no server", () => {
  const web = { image, serviceConnect: { connectsTo: ["web", "order", "worker"] } };

  expect(problems({ web, orders: server, worker: { image } })).toEqual([
    'web.serviceConnect.connectsTo[0]: found "web"; a service does not connect to itself; remove this entry',
    'web.serviceConnect.connectsTo[1]: found "order"; ecs.services has no service with this name; did you mean "orders"?',
    'web.serviceConnect.connectsTo[2]: found "worker"; "worker" is not a server; add serviceConnect: { server: {} } to it, or remove this entry',
  ]);
});

test("fails when services wait for each other in a circle", () => {
  const to = (name: string) => ({ image, port: 80, serviceConnect: { server: {}, connectsTo: [name] } });

  expect(problems({ a: to("b"), b: to("c"), c: to("a") })).toEqual([
    'a.serviceConnect.connectsTo: found ["a","b","c"]; each of a, b, c would have to start after the next one, because tasks find only servers that run before them; remove one connection, or put a load balancer in front of one of the services',
  ]);
});

test("fails when two servers have the same alias and port", () => {
  const options = { ...server, serviceConnect: { server: { alias: "web" } } };

  expect(problems({ web: server, other: options })).toEqual([
    'other.serviceConnect.server: found "web:8080"; clients reach "web" under this name and port; choose another alias or aliasPort',
  ]);
  const elsewhere = { ...server, serviceConnect: { server: { alias: "web", aliasPort: 81 } } };
  expect(loadEnvironments(withServices({ web: server, other: elsewhere }))).toHaveLength(1);
});

test("connections are accepted if and only if an order of starts exists", () => {
  const names = ["a", "b", "c", "d"];
  const connections = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 7 });
  const circle: [number, number][] = [
    [0, 1],
    [1, 0],
  ];
  const chain: [number, number][] = [
    [0, 1],
    [1, 2],
  ];
  const wrong: string[] = [];
  fc.assert(
    fc.property(connections, (pairs) => {
      const targets = names.map((_, from) => [
        ...new Set(pairs.filter(([a, b]) => a === from && b !== from).map(([, b]) => names[b] ?? "")),
      ]);
      const services = Object.fromEntries(
        names.map((name, index) => [
          name,
          { ...server, serviceConnect: { server: {}, connectsTo: targets[index] ?? [] } },
        ]),
      );
      // Take away what connects to nothing that is left, until nothing changes.
      let left = names;
      for (const _ of names)
        left = left.filter((name) => targets[names.indexOf(name)]?.some((target) => left.includes(target)));
      const refused = problems(services).length > 0;
      if (refused !== left.length > 0) wrong.push(JSON.stringify(targets));
    }),
    { numRuns: 2 + runs(60), examples: [[circle], [chain]] },
  );

  expect(wrong).toEqual([]);
});

test("fails when a server has more clients than its security group has inbound rules", () => {
  const clients = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `c${index}`,
        { image, serviceConnect: { connectsTo: ["orders"] } },
      ]),
    );

  expect(problems({ orders: server, ...clients(60) })).toEqual([]);
  expect(problems({ orders: server, ...clients(61) })).toEqual([
    'orders: found "61 clients"; a security group allows 60 inbound rules by default, and each client needs one; connect fewer services to orders',
  ]);
});
