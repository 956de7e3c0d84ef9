import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import {
  boundaryStatements,
  furtherDeployPolicies,
  planStatements,
} from "../../../../environments/plan/pipeline-policies";
import { certificateArn, image, withService } from "../../../support/environments/one-service";
import { isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const services = {
  web: {
    image,
    port: 80,
    loadBalancer: { certificateArn },
    serviceConnect: {
      server: { alias: "shop", aliasPort: 8000, idleTimeoutSeconds: 0 },
      connectsTo: ["orders"],
    },
  },
  job: { image, serviceConnect: { connectsTo: ["orders", "web"] } },
  orders: {
    image,
    port: 8080,
    serviceConnect: { server: { protocol: "http2" as const, requestTimeoutSeconds: 5 } },
  },
  alone: { image, port: 9090 },
};
const ci = {
  plan: { trust: [{ github: "acme/platform", pullRequest: true as const }] },
  deploy: { trust: [{ github: "acme/platform", branch: "main" }] },
};
const change = {
  security: { ci },
  state: { backend: "s3", bucket: "acme-states", createBucket: true },
} as const;
const compute = (definitions: Parameters<typeof synth>[0]): StackJson =>
  synth(definitions)["compute-test"]?.["resource"];
const json = compute(withService({}, { ecs: { services } }));
const service = (name: string): StackJson => json["aws_ecs_service"][name];

test("a server offers its port under an alias, and the proxy logs to the group of the service", () => {
  expect(service("orders")["service_connect_configuration"]).toEqual({
    enabled: true,
    namespace: "${aws_service_discovery_http_namespace.ecs.arn}",
    log_configuration: {
      log_driver: "awslogs",
      options: {
        "awslogs-group": "/ecs/acme-test/orders",
        "awslogs-region": "eu-west-1",
        "awslogs-stream-prefix": "service-connect",
      },
    },
    service: [
      {
        port_name: "orders",
        discovery_name: "orders",
        client_alias: { dns_name: "orders", port: 8080 },
        timeout: { per_request_timeout_seconds: 5 },
      },
    ],
  });
  expect(service("web")["service_connect_configuration"].service).toEqual([
    expect.objectContaining({
      client_alias: { dns_name: "shop", port: 8000 },
      timeout: { idle_timeout_seconds: 0 },
    }),
  ]);
  expect(service("job")["service_connect_configuration"]).not.toHaveProperty("service");
  expect(service("alone")).not.toHaveProperty("service_connect_configuration");
});

test("the port of a server has a name in its task definition", () => {
  const ports = (name: string) => {
    const found = Object.values<StackJson>(json["aws_ecs_task_definition"]);
    const definitions = found.find(({ family }) => family === `acme-test-${name}`)?.["container_definitions"];
    return (typeof definitions === "string" ? JSON.parse(definitions) : definitions)[0].portMappings;
  };

  expect(ports("orders")).toEqual([
    { containerPort: 8080, hostPort: 8080, protocol: "tcp", name: "orders", appProtocol: "http2" },
  ]);
  expect(ports("web")).toEqual([{ containerPort: 80, hostPort: 80, protocol: "tcp", name: "web" }]);
  expect(ports("alone")).toEqual([{ containerPort: 9090, hostPort: 9090, protocol: "tcp" }]);
});

test("only clients reach a server, and its load balancer; the VPC reaches what is none", () => {
  const rules = Object.values<StackJson>(json["aws_vpc_security_group_ingress_rule"]).filter(
    ({ security_group_id }) => !security_group_id.includes("load_balancer"),
  );
  const group = (id: string) => /\.(\w+?)_firewall/.exec(id)?.[1] ?? "load balancer";

  expect(
    rules
      .map((rule) => {
        const from = rule["cidr_ipv4"] ?? group(rule["referenced_security_group_id"]);
        return `${from} to ${group(rule["security_group_id"])}:${rule["from_port"]}`;
      })
      .toSorted(),
  ).toMatchInlineSnapshot(`
    [
      "\${data.terraform_remote_state.network.outputs.vpc_cidr_block} to ecs_services_alone:9090",
      "ecs_services_job to ecs_services_orders:8080",
      "ecs_services_job to ecs_services_web:80",
      "ecs_services_web to ecs_services_orders:8080",
      "load balancer to ecs_services_web:80",
    ]
  `);
});

test("clients start after their servers, and after the rules that let them in", () => {
  const after = (name: string) =>
    (service(name)["depends_on"] as string[]).filter((address) => /^aws_ecs_service\.|_from_/.test(address));

  expect(after("orders")).toEqual([]);
  expect(after("web")).toMatchInlineSnapshot(`
    [
      "aws_vpc_security_group_ingress_rule.ecs_services_orders_from_web_8080",
      "aws_ecs_service.orders",
    ]
  `);
  expect(after("job")).toHaveLength(4);
});

test("one namespace is for all services, and none without one that uses it", () => {
  expect(Object.values(json["aws_service_discovery_http_namespace"])).toEqual([
    expect.objectContaining({ name: "acme-test" }),
  ]);
  expect(compute(withService({}))).not.toHaveProperty("aws_service_discovery_http_namespace");
});

test("pipelines may manage the namespace of the environment, and only where there is one", () => {
  const [used] = loadEnvironments(withService({}, { ...change, ecs: { services } }));
  const [unused] = loadEnvironments(withService({}, change));
  if (used === undefined || unused === undefined) throw new Error("no environment");
  const statements = (environment: typeof used) =>
    furtherDeployPolicies(environment).flatMap((policy) => policy.statements);
  const resource = "arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-0123456789abcdef";
  const tags = (kind: string, name: string) => ({
    [`aws:${kind}Tag/Project`]: "acme",
    [`aws:${kind}Tag/Environment`]: name,
  });
  const deletes = (environment: typeof used, name: string) =>
    isAllowed(statements(environment), {
      action: "servicediscovery:DeleteNamespace",
      resource,
      context: tags("Resource", name),
    });

  expect([deletes(used, "test"), deletes(used, "other"), deletes(unused, "test")]).toEqual([
    true,
    false,
    false,
  ]);
  const reads = (environment: typeof used) =>
    isAllowed(planStatements(environment), { action: "servicediscovery:GetNamespace", resource });
  expect([reads(used), reads(unused)]).toEqual([true, false]);
  expect(JSON.stringify(boundaryStatements(used))).not.toContain("servicediscovery");
});
