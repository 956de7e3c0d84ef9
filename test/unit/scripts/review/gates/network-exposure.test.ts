import { expect, test } from "vitest";
import { networkExposure } from "../../../../../scripts/review/gates/network-exposure";
import { accountId, oneChange } from "../../../../support/review/one-change";

type Ports = readonly [protocol: string, from: number | null, to: number | null];

const ingress = ([ip_protocol, from_port, to_port]: Ports, cidr_ipv4 = "0.0.0.0/0") => ({
  ...{ ip_protocol, from_port, to_port, cidr_ipv4, cidr_ipv6: null },
});

/** What the gate says about the change of a rule of a security group. */
function textsOf(before: object | null, after: object | null, type = "aws_vpc_security_group_ingress_rule") {
  const change = oneChange(`${type}.in`, before as never, after as never);
  const plan = { format_version: "1.2", resource_changes: [change] };
  return (networkExposure.rules?.[type] ?? []).flatMap((rule) => rule(change, { plan, accountId }));
}

test.each<[Ports, string]>([
  [["tcp", 443, 443], "TCP port 443"],
  [["udp", 8000, 8100], "UDP ports 8000-8100"],
  [["tcp", 0, 65_535], "every TCP port"],
  [["6", 22, 22], "TCP port 22"],
  [["-1", null, null], "every port of every protocol"],
  [["icmp", -1, -1], "ICMP"],
  [["icmpv6", -1, -1], "ICMPv6"],
  [["50", null, null], "protocol 50"],
  [["tcp", null, null], "TCP ports that are known after the apply"],
])("%j is open on %s", (ports, expected) => {
  expect(textsOf(null, ingress(ports))).toEqual([`0.0.0.0/0 may connect to ${expected}`]);
});

test.each<[string, Ports, Ports, number]>([
  ["another port", ["tcp", 443, 443], ["tcp", 22, 22], 1],
  ["more ports", ["tcp", 443, 443], ["tcp", 400, 500], 1],
  ["another protocol", ["tcp", 53, 53], ["udp", 53, 53], 1],
  ["every protocol", ["tcp", 443, 443], ["-1", null, null], 1],
  ["fewer ports", ["tcp", 0, 65_535], ["tcp", 443, 443], 0],
  ["one of every protocol", ["-1", null, null], ["tcp", 443, 443], 0],
  ["the same", ["tcp", 443, 443], ["tcp", 443, 443], 0],
])("a range that is already open for %s", (_, before, after, found) => {
  expect(textsOf(ingress(before), ingress(after))).toHaveLength(found);
});

test("the rules within a group and the older kind of rule name ports, too", () => {
  const old = (from_port: number, cidr_blocks: string[]) => ({
    protocol: "tcp",
    from_port,
    to_port: from_port,
    cidr_blocks,
  });
  const group = (...rules: object[]) => ({ ingress: rules });

  expect(
    textsOf(
      group(old(443, ["0.0.0.0/0"])),
      group(old(443, ["0.0.0.0/0"]), old(22, ["10.0.0.0/8", "0.0.0.0/0"])),
      "aws_security_group",
    ),
  ).toEqual(["0.0.0.0/0 may connect to TCP port 22"]);
  expect(
    textsOf(
      null,
      { type: "ingress", ...old(22, ["0.0.0.0/1"]), ipv6_cidr_blocks: ["::/0"] },
      "aws_security_group_rule",
    ),
  ).toEqual(["0.0.0.0/1 may connect to TCP port 22", "::/0 may connect to TCP port 22"]);
  expect(textsOf(null, { type: "egress", ...old(22, ["0.0.0.0/0"]) }, "aws_security_group_rule")).toEqual([]);
});
