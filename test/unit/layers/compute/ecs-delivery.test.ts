import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { certificateArn, image, type ServiceInput } from "../../../support/environments/one-service";
import { all, behind, computeWith, one, outputOf } from "../../../support/layers/one-service-compute";
import type { StackJson } from "../../../support/synth";

const service = (json: StackJson) => one(json, "aws_ecs_service");

/** Rules by their priority. */
const rules = (json: StackJson) =>
  Object.fromEntries(all(json, "aws_lb_listener_rule").map((rule) => [rule["priority"], rule]));

test("a service that says nothing of its deployment leaves alarms and strategy to ECS", () => {
  expect(Object.keys(service(computeWith(behind)))).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(?:alarms|deployment_configuration)$/)]),
  );
});

test("alarms fail a deployment and roll it back, unless they are not enabled", () => {
  const { alarms, timeouts } = service(computeWith({ deployment: { alarms: ["errors", "latency"] } }));

  expect(alarms).toEqual({ alarm_names: ["errors", "latency"], enable: true, rollback: true });
  expect(timeouts["update"]).toBe("185m");
  const off = { alarms: ["errors"], enableAlarms: false };
  expect(service(computeWith({ deployment: off }))["alarms"]).toEqual({
    alarm_names: ["errors"],
    enable: false,
    rollback: false,
  });
});

test("ECS shifts traffic between two target groups, with a rule that matches everything", () => {
  const json = computeWith({
    ...behind,
    deployment: { strategy: "canary", stepPercent: 20, bakeMinutes: 5 },
  });
  const { 2: production } = rules(json);
  const [first, second] = [
    "aws_lb_target_group.ecs_services_web_load_balancer",
    "aws_lb_target_group.ecs_services_web_load_balancer_alternate",
  ];

  expect(service(json)).toMatchObject({
    deployment_configuration: {
      strategy: "CANARY",
      bake_time_in_minutes: "5",
      canary_configuration: { canary_percent: 20, canary_bake_time_in_minutes: "10" },
    },
    load_balancer: [
      {
        target_group_arn: `\${${first}.arn}`,
        advanced_configuration: {
          alternate_target_group_arn: `\${${second}.arn}`,
          production_listener_rule: "${aws_lb_listener_rule.ecs_services_web_load_balancer_production.arn}",
          role_arn: outputOf("security", "ecs_infrastructure_role_arn"),
        },
      },
    ],
    depends_on: expect.arrayContaining(["aws_lb_listener_rule.ecs_services_web_load_balancer_production"]),
  });
  expect(production).toMatchObject({
    condition: [{ path_pattern: { values: ["/*"] } }],
    lifecycle: { ignore_changes: ["action"] },
    action: [
      {
        type: "forward",
        forward: {
          target_group: [
            { arn: `\${${first}.arn}`, weight: 100 },
            { arn: `\${${second}.arn}`, weight: 0 },
          ],
        },
      },
    ],
  });
});

test("requests with the header for tests have a rule of their own, before all others", () => {
  const testHeader = { name: "X-Test", value: "new" };
  const json = computeWith({ ...behind, deployment: { strategy: "blueGreen", testHeader } });

  expect(rules(json)[1]?.["condition"]).toEqual([
    { path_pattern: { values: ["/*"] } },
    { http_header: { http_header_name: "X-Test", values: ["new"] } },
  ]);
  expect(service(json)["load_balancer"][0].advanced_configuration.test_listener_rule).toBe(
    "${aws_lb_listener_rule.ecs_services_web_load_balancer_test.arn}",
  );
});

test("strategy rolling ends a shift: ECS gets the strategy and one target group", () => {
  const { deployment_configuration: configuration, load_balancer: balancers } = service(
    computeWith({ ...behind, deployment: { strategy: "rolling" } }),
  );

  expect(configuration).toEqual({ strategy: "ROLLING" });
  expect(Object.keys(balancers[0])).not.toContain("advanced_configuration");
});

test("an internal load balancer is in the private subnets, for the VPC alone", () => {
  const json = computeWith({ port: 8080, loadBalancer: { certificateArn, scheme: "internal" } });
  const inbound = all(json, "aws_vpc_security_group_ingress_rule").filter(
    ({ from_port: port }) => port !== 8080,
  );

  expect(one(json, "aws_lb")).toMatchObject({
    internal: true,
    subnets: outputOf("network", "private_subnet_ids"),
  });
  expect(inbound.map(({ cidr_ipv4: range }) => range)).toEqual([
    outputOf("network", "vpc_cidr_block"),
    outputOf("network", "vpc_cidr_block"),
  ]);
});

const shared: Partial<EnvironmentInput> = {
  ecs: {
    loadBalancers: {
      public: {
        certificateArns: [certificateArn, `${certificateArn}-2`],
        allowedCidrBlocks: ["203.0.113.0/24"],
      },
    },
    services: {
      shop: {
        image,
        port: 80,
        sharedLoadBalancer: { name: "public", hosts: ["shop.example.com"], priority: 20 },
      },
      api: {
        image,
        port: 8080,
        sharedLoadBalancer: { name: "public", hosts: ["shop.example.com"], paths: ["/api/*"], priority: 10 },
      },
      worker: { image },
    },
  },
};

test("services share one load balancer, which answers all else with 404", () => {
  const json = computeWith({}, shared);
  const [https] = all(json, "aws_lb_listener").filter(({ port }) => port === 443);

  expect(all(json, "aws_lb")).toHaveLength(1);
  expect(all(json, "aws_lb_target_group").map(({ tags }) => tags)).toEqual([
    { Name: "acme-test-api" },
    { Name: "acme-test-shop" },
  ]);
  expect(https).toMatchObject({
    certificate_arn: certificateArn,
    default_action: [{ type: "fixed-response", fixed_response: { status_code: "404" } }],
  });
  expect(all(json, "aws_lb_listener_certificate").map(({ certificate_arn: arn }) => arn)).toEqual([
    `${certificateArn}-2`,
  ]);
  expect(rules(json)).toMatchObject({
    30: {
      condition: [
        { host_header: { values: ["shop.example.com"] } },
        { path_pattern: { values: ["/api/*"] } },
      ],
      action: [{ target_group_arn: "${aws_lb_target_group.ecs_services_api.arn}" }],
    },
    60: { condition: [{ host_header: { values: ["shop.example.com"] } }] },
  });
});

test("ECS shifts traffic with rules in front of the one that stays, behind a shared load balancer too", () => {
  const shopWith = (deployment?: NonNullable<ServiceInput["deployment"]>) =>
    computeWith(
      {},
      {
        ecs: {
          loadBalancers: { public: { certificateArns: [certificateArn] } },
          services: {
            web: {
              image,
              port: 8080,
              sharedLoadBalancer: { name: "public", hosts: ["shop.example.com"], priority: 20 },
              deployment,
            },
          },
        },
      },
    );
  const testHeader = { name: "X-Test", value: "new" };
  const shifting = shopWith({ strategy: "blueGreen", testHeader });
  const { 60: plain, 59: shift, 58: test } = rules(shifting);
  const first = "${aws_lb_target_group.ecs_services_web.arn}";
  const second = "${aws_lb_target_group.ecs_services_web_alternate.arn}";

  expect(Object.keys(rules(shifting))).toEqual(["58", "59", "60"]);
  expect(plain?.["action"]).toEqual([{ type: "forward", target_group_arn: first }]);
  expect(plain).not.toHaveProperty("lifecycle");
  expect(rules(shopWith())).toEqual({ 60: plain });
  expect(rules(shopWith({ strategy: "rolling" }))).toEqual({ 60: plain });
  const both = [
    { arn: first, weight: 100 },
    { arn: second, weight: 0 },
  ];
  for (const rule of [shift, test])
    expect(rule).toMatchObject({
      action: [{ type: "forward", forward: { target_group: both } }],
      lifecycle: { ignore_changes: ["action"] },
    });
  expect(shift?.["condition"]).toEqual(plain?.["condition"]);
  expect(test?.["condition"]).toContainEqual({
    http_header: { http_header_name: "X-Test", values: ["new"] },
  });
  expect(service(shifting)).toMatchObject({
    load_balancer: [
      {
        target_group_arn: first,
        advanced_configuration: {
          alternate_target_group_arn: second,
          production_listener_rule: "${aws_lb_listener_rule.ecs_services_web_target_production.arn}",
          test_listener_rule: "${aws_lb_listener_rule.ecs_services_web_target_test.arn}",
        },
      },
    ],
    depends_on: expect.arrayContaining([
      "aws_lb_listener_rule.ecs_services_web_target",
      "aws_lb_listener_rule.ecs_services_web_target_production",
    ]),
  });
});

test("the shared load balancer connects to each service on its port, and they to nothing more", () => {
  const json = computeWith({}, shared);
  const group = "${aws_security_group.ecs_load_balancers_public.id}";

  expect(
    all(json, "aws_vpc_security_group_egress_rule")
      .filter(({ security_group_id: id }) => id === group)
      .map(({ from_port: port }) => port),
  ).toEqual([8080, 80]);
  expect(
    all(json, "aws_vpc_security_group_ingress_rule")
      .filter(({ referenced_security_group_id: id }) => id === group)
      .map(({ from_port: port }) => port),
  ).toEqual([8080, 80]);
});

test("outputs name the host of each service's load balancer, and of each shared one", () => {
  const { output } = computeWith({}, shared);
  const host = "${aws_lb.ecs_load_balancers_public.dns_name}";

  expect(output["load_balancer_dns_names"].value).toEqual({ shop: host, api: host });
  expect(output["shared_load_balancer_dns_names"].value).toEqual({ public: host });
  expect(computeWith(behind)["output"]).not.toHaveProperty("shared_load_balancer_dns_names");
});

test("another service changes nothing of those that are there", () => {
  const { ecs } = shared;
  const more = {
    ecs: {
      ...ecs,
      services: {
        admin: { image, port: 80, sharedLoadBalancer: { name: "public", paths: ["/admin"], priority: 15 } },
        ...ecs?.services,
      },
    },
  };
  const before = computeWith({}, shared)["resource"];
  const after = computeWith({}, more)["resource"];
  const changed = Object.entries<StackJson>(before).flatMap(([type, resources]) =>
    Object.entries(resources)
      .filter(([name, json]) => JSON.stringify(after[type][name]) !== JSON.stringify(json))
      .map(([name]) => `${type}.${name}`),
  );

  expect(changed).toEqual([]);
});
