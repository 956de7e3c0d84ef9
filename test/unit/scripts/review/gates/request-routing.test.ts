import { expect, test } from "vitest";
import { findingsIn } from "../../../../../scripts/review/gates/findings";
import type { ResourceChange } from "../../../../../scripts/review/terraform-plan";
import { oneChange, reviewed } from "../../../../support/review/one-change";

type Values = Readonly<Record<string, unknown>>;
type Condition = Readonly<Record<string, readonly string[]>>;

/** A rule of a listener, by the values of its conditions. */
const rule = (conditions: Condition, listener = "listener/web"): Values => ({
  listener_arn: listener,
  condition: Object.entries(conditions).map(([field, values]) => ({ [field]: [{ values }] })),
});
const unchanged = (address: string, values: Values): ResourceChange => {
  const change = oneChange(address, values, values);
  return { ...change, change: { ...change.change, actions: ["no-op"] } };
};
const balancer = (internal: boolean): ResourceChange[] => [
  unchanged("aws_lb.web", { arn: "balancer/web", internal }),
  unchanged("aws_lb_listener.web", { arn: "listener/web", load_balancer_arn: "balancer/web" }),
];
const found = (changes: readonly ResourceChange[]) =>
  findingsIn(reviewed(changes))
    .filter(({ gate }) => gate === "network-exposure")
    .map(({ severity, sentence }) => `${severity}: ${sentence.replace(/^.*?: /, "")}`);
const ruleChange = (before: Condition | null, after: Condition | null) =>
  oneChange("aws_lb_listener_rule.web", before && rule(before), after && rule(after));

const host = ["shop.example.com"];

test.each<[string, Condition | null, Condition | null, string[]]>([
  [
    "a service that gets requests",
    null,
    { host_header: host, path_pattern: ["/api/*", "/v2/*"] },
    ["requests with host shop.example.com and path /api/* or /v2/* reach its targets from the internet"],
  ],
  ["one more path", { path_pattern: ["/api/*"] }, { path_pattern: ["/api/*", "/v2/*"] }, ["/api/* or /v2/*"]],
  ["a wider path", { path_pattern: ["/api/*"] }, { path_pattern: ["/*"] }, ["requests with path /*"]],
  ["a path that is gone", { host_header: host, path_pattern: ["/a"] }, { host_header: host }, ["host"]],
  ["no condition", { source_ip: ["192.0.2.0/24"] }, {}, ["all requests reach"]],
  ["a narrower path", { path_pattern: ["/api/*"] }, { path_pattern: ["/api/v2/*"] }, []],
  ["a host more", { path_pattern: ["/api/*"] }, { host_header: host, path_pattern: ["/api/*"] }, []],
  ["another order", { path_pattern: ["/a", "/b"] }, { path_pattern: ["/b", "/a"] }, []],
  ["nothing any more", { path_pattern: ["/a"] }, null, []],
])("%s", (_, before, after, texts) => {
  const changes = [...balancer(false), ruleChange(before, after)];

  expect(found(changes)).toEqual(texts.map((text) => expect.stringContaining(text)));
  expect(found(changes).every((line) => line.startsWith("risky: "))).toBe(true);
  expect(found([...balancer(true), ruleChange(before, after)])).toEqual([]);
});

test("a load balancer that no one knows may be public; a new one is a finding itself", () => {
  const added = ruleChange(null, { path_pattern: ["/a"] });
  const created = (address: string, values: Values) => oneChange(address, null, values);

  expect(found([added])).toHaveLength(1);
  expect(
    found([
      created("aws_lb.web", { internal: false }),
      created("aws_lb_listener.web", { load_balancer_arn: "${aws_lb.web.arn}" }),
      created("aws_lb_listener_rule.web", rule({}, "${aws_lb_listener.web.arn}")),
    ]),
  ).toEqual(["risky: the load balancer can be reached from the internet"]);
});

test("a service that moves from an internal load balancer to a public one", () => {
  const inside = [
    unchanged("aws_lb.inside", { arn: "balancer/inside", internal: true }),
    unchanged("aws_lb_listener.inside", { arn: "listener/inside", load_balancer_arn: "balancer/inside" }),
  ];
  const moved = oneChange(
    "aws_lb_listener_rule.web",
    rule({ path_pattern: ["/a"] }, "listener/inside"),
    rule({ path_pattern: ["/a"] }),
    true,
  );

  expect(found([...balancer(false), ...inside, moved])).toEqual([
    "risky: requests with path /a reach its targets from the internet",
  ]);
});
