import { expect, test } from "vitest";
import { certificateArn } from "../../../support/environments/one-service";
import { all, behind, computeWith, one, outputOf } from "../../../support/layers/one-service-compute";
import type { StackJson } from "../../../support/synth";

/** Rules of the security groups in short: which way, which ports, with whom. */
const rulesOf = (json: StackJson) =>
  (["ingress", "egress"] as const).flatMap((way) =>
    all(json, `aws_vpc_security_group_${way}_rule`).map(
      ({ description, from_port, to_port, cidr_ipv4 }) =>
        `${way} ${from_port}-${to_port} ${cidr_ipv4 ?? "a group"}: ${description}`,
    ),
  );

const cidr = outputOf("network", "vpc_cidr_block");

const outward = [
  "egress 443-443 0.0.0.0/0: HTTPS to AWS services and the internet",
  `egress 0-65535 ${cidr}: What is in the VPC`,
];

test("nobody connects to a service without a port", () => {
  expect(rulesOf(computeWith({})).toSorted()).toEqual(outward.toSorted());
});

test("the VPC connects to a service with a port", () => {
  expect(rulesOf(computeWith({ port: 8080 })).toSorted()).toEqual(
    [`ingress 8080-8080 ${cidr}: From the VPC`, ...outward].toSorted(),
  );
});

test("the load balancer alone connects to the service behind it, and to nothing else", () => {
  const json = computeWith({
    port: 8080,
    loadBalancer: { certificateArn, allowedCidrBlocks: ["203.0.113.0/24"] },
  });

  expect(rulesOf(json).toSorted()).toEqual(
    [
      "ingress 443-443 203.0.113.0/24: HTTPS",
      "ingress 80-80 203.0.113.0/24: HTTP, to be redirected",
      "ingress 8080-8080 a group: From the load balancer",
      "egress 8080-8080 a group: To the tasks",
      ...outward,
    ].toSorted(),
  );
});

test("the load balancer speaks TLS 1.2 or later and redirects HTTP", () => {
  const json = computeWith(behind);

  expect(all(json, "aws_lb_listener")).toEqual([
    expect.objectContaining({
      port: 80,
      default_action: [
        { type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } },
      ],
    }),
    expect.objectContaining({
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      certificate_arn: certificateArn,
    }),
  ]);
  expect(one(json, "aws_lb")).toMatchObject({
    name: "acme-test-web",
    internal: false,
    subnets: outputOf("network", "public_subnet_ids"),
    drop_invalid_header_fields: true,
  });
  expect(one(json, "aws_lb_target_group")).toMatchObject({
    target_type: "ip",
    health_check: { path: "/", matcher: "200-299" },
  });
});

test("another port replaces no target group: what AWS cannot change in one is the same for every service", () => {
  const targetGroup = (port: number) => {
    const { lifecycle, ...group } = one(computeWith({ ...behind, port }), "aws_lb_target_group");
    expect(lifecycle).toEqual({ create_before_destroy: true });
    return group;
  };

  expect(targetGroup(9090)).toEqual(targetGroup(8080));
});

test("the rules for another port are there before the service changes, and those for the old one until then", () => {
  const rules = (port: number) =>
    ["ingress", "egress"].flatMap((way) =>
      Object.entries<StackJson>(
        computeWith({ ...behind, port })["resource"][`aws_vpc_security_group_${way}_rule`],
      )
        .filter(([, { from_port }]) => from_port === port)
        .map(([name, { lifecycle }]) => ({ name, lifecycle })),
    );
  const [before, after] = [rules(8080), rules(9090)];
  const names = before.map(({ name }) => name);

  expect(before).toHaveLength(2);
  expect(after.filter(({ name }) => names.includes(name))).toEqual([]);
  for (const { lifecycle } of [...before, ...after])
    expect(lifecycle).toEqual({ create_before_destroy: true });
});

test.each([true, false])("a load balancer is protected as its environment is: %s", (deletionProtection) => {
  expect(one(computeWith(behind, { deletionProtection }), "aws_lb")).toMatchObject({
    enable_deletion_protection: deletionProtection,
  });
});
