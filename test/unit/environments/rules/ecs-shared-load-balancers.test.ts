import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import {
  certificateArn,
  type EcsInput,
  image,
  network,
  problemsWith,
  type ServiceInput,
} from "../../../support/environments/one-service";

type Place = Omit<NonNullable<ServiceInput["sharedLoadBalancer"]>, "name">;

const file = "environments/test.ts: ecs";
const place = (service: string) => `${file}.services.${service}.sharedLoadBalancer`;

/** A service behind the load balancer `public`. */
const at = (where: Place, further: Partial<ServiceInput> = {}): ServiceInput => ({
  image,
  port: 80,
  sharedLoadBalancer: { name: "public", ...where },
  ...further,
});

const balancer = { certificateArns: [certificateArn] };

const problems = (
  services: NonNullable<EcsInput["services"]>,
  loadBalancers: NonNullable<EcsInput["loadBalancers"]> = { public: balancer },
  change: Partial<EnvironmentInput> = {},
) => problemsWith({}, { ecs: { loadBalancers, services }, ...change });

test("services share a load balancer by host and path", () => {
  const shop = at({ hosts: ["shop.example.com"], priority: 20 });
  const api = at({ hosts: ["shop.example.com"], paths: ["/api/*"], priority: 10 });
  const rest = at({ paths: ["/*"], priority: 16_666 });

  expect(problems({ shop, api, rest })).toEqual([]);
});

test("fails when two services have the same priority, or one gets no request", () => {
  const shop = at({ hosts: ["*.example.com"], priority: 10 });

  expect(problems({ shop, api: at({ hosts: ["api.example.com"], priority: 10 }) })).toEqual([
    `${place("api")}.priority: found 10; shop has this priority too; use another one`,
  ]);
  expect(problems({ api: at({ hosts: ["api.example.com"], paths: ["/v1/*"], priority: 30 }), shop })).toEqual(
    [
      `${place("api")}.priority: found 30; shop gets every request of this service first, because its priority is 10; use a lower number, or other hosts and paths`,
    ],
  );
});

test("fails when a priority leaves no room in AWS for three rules", () => {
  expect(problems({ rest: at({ paths: ["/*"], priority: 16_667 }) })).toEqual([
    `${place("rest")}.priority: found 16667; priorities are whole numbers from 1 to 16666; use one that no other service of the load balancer has`,
  ]);
});

test("fails when a service names no load balancer of the file, or has two", () => {
  expect(problems({ shop: at({ paths: ["/*"], priority: 1 }) }, { inside: balancer })).toEqual([
    `${place("shop")}.name: found "public"; ecs.loadBalancers has no such load balancer; use inside, or add it there`,
  ]);
  const [both] = problems({
    shop: at({ paths: ["/*"], priority: 1 }, { loadBalancer: { certificateArn } }),
  });
  expect(both).toContain("the service has a load balancer of its own; remove loadBalancer or this option");
});

test("fails when a rule has no condition, too many values or too many wildcards", () => {
  const paths = ["/a", "/b", "/c", "/d", "/e"];
  const deployment = { strategy: "blueGreen", testHeader: { name: "X-Test", value: "new" } } as const;

  expect(problems({ shop: at({ priority: 1 }) })[0]).toContain(
    'a rule needs a condition; add hosts, or paths such as ["/*"] for every request',
  );
  expect(problems({ shop: at({ paths, priority: 1 }) })).toEqual([]);
  expect(problems({ shop: at({ paths: [...paths, "/f"], priority: 1 }) })).toEqual([
    `${place("shop")}: found "6 host names and paths"; a rule has up to 5 values; use fewer, for example with *`,
  ]);
  expect(problems({ shop: at({ paths, priority: 1 }, { deployment }) })).toEqual([
    `${place("shop")}: found "5 host names and paths"; a rule has up to 5 values, one of them for testHeader; use fewer, for example with *`,
  ]);
  expect(problems({ shop: at({ paths: ["/*/*/*/*", "/?/?/?"], priority: 1 }) })).toEqual([
    `${place("shop")}: found "7 wildcards"; a rule has up to 6 of * and ?; use fewer`,
  ]);
});

test("fails when the services of a load balancer need more rules or target groups than it can have", () => {
  const services = (count: number, further: NonNullable<ServiceInput["deployment"]> = {}) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `s${index}`,
        at(
          { paths: [`/${index}`], priority: index + 1 },
          { deployment: { strategy: "blueGreen", ...further } },
        ),
      ]),
    );

  expect(problems(services(50))).toEqual([]);
  expect(problems(services(51))).toEqual([
    `${file}.loadBalancers.public: found "51 services"; they need 102 listener rules, and a load balancer has 100; move services to another load balancer`,
    `${file}.loadBalancers.public: found "51 services"; they need 102 target groups, and a load balancer has 100; move services to another load balancer`,
  ]);
  const testHeader = { name: "X-Test", value: "new" };
  expect(problems(services(33, { testHeader }))).toEqual([]);
  expect(problems(services(34, { testHeader }))).toEqual([
    `${file}.loadBalancers.public: found "34 services"; they need 102 listener rules, and a load balancer has 100; move services to another load balancer`,
  ]);
});

test("fails when a shared load balancer cannot have its name, its certificate or its subnets", () => {
  const other = "arn:aws:acm:us-east-1:111122223333:certificate/0123abcd-ef";
  const web: ServiceInput = { image, port: 80, loadBalancer: { certificateArn } };

  expect(problems({ web }, { web: balancer })).toEqual([
    `${file}.loadBalancers.web: found "web"; a service of this name has a load balancer of its own, and both would have the same name in AWS; use another name`,
  ]);
  expect(problems({}, { Public: balancer })[0]).toContain("use a name such as public");
  expect(problems({}, { public: { certificateArns: [certificateArn, other] } })).toEqual([
    `${file}.loadBalancers.public.certificateArns[1]: found "${other}"; a load balancer needs a certificate in its own account and Region; use a certificate of 111122223333 in eu-west-1`,
  ]);
  const one = { ...network, privateSubnetIds: ["subnet-00000000000000001"] };
  expect(problems({}, { inside: { ...balancer, scheme: "internal" } }, { network: one })).toEqual([
    'environments/test.ts: network.privateSubnetIds: found ["subnet-00000000000000001"]; an internal load balancer needs private subnets in at least two Availability Zones; add their IDs',
  ]);
});

test.each(["example", "shop_1.example.com", "shop.example.c0m", `${"a".repeat(125)}.com`])(
  "fails when a host name is %s",
  (host) => {
    expect(problems({ shop: at({ hosts: [host], priority: 1 }) })).toHaveLength(1);
  },
);

test.each(["api", "", "/a b", `/${"a".repeat(128)}`])("fails when a path is %j", (path) => {
  expect(problems({ shop: at({ paths: [path], priority: 1 }) })).not.toEqual([]);
});
