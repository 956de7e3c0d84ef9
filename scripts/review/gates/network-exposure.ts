import { valueAt } from "../../../modules/values/value-at";
import type { AttributePath } from "../terraform-plan";
import type { WeakeningRule } from "../weakening";
import { gained, turnedOn } from "../weaker-attribute";
import type { Gate } from "./gate";
import { moreRequests } from "./request-routing";

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
export const networkExposure: Gate = {
  severity: "blocked",
  stops:
    "A security group lets the whole internet in, a load balancer becomes public or sends more requests to a service, tasks get public addresses, or the Kubernetes API can be reached from the internet or from more addresses",
  rules: {
    aws_security_group: [openTo((group) => blocks(group, "ingress").map(rangesOf))],
    aws_security_group_rule: [
      openTo((rule) => (valueAt(rule, ["type"]) === "ingress" ? [rangesOf(rule)] : [])),
    ],
    aws_vpc_security_group_ingress_rule: [openTo((rule) => [ingressRule(rule)])],
    aws_lb: [
      becomes(
        (balancer) => valueAt(balancer, ["internal"]) !== true,
        "the load balancer can be reached from the internet",
      ),
    ],
    aws_lb_listener_rule: [moreRequests],
    aws_ecs_service: [publicTasks([])],
    aws_scheduler_schedule: [publicTasks(["target", 0, "ecs_parameters", 0])],
    aws_cloudwatch_event_target: [publicTasks(["ecs_target", 0])],
    aws_subnet: [turnedOn(["map_public_ip_on_launch"], "what starts in it gets public addresses")],
    aws_eks_cluster: [
      becomes(
        // EKS's default is public: https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html
        (cluster) => valueAt(cluster, ["vpc_config", 0, "endpoint_public_access"]) !== false,
        "the Kubernetes API can be reached from the internet",
      ),
      gained(["vpc_config", 0, "public_access_cidrs"], "more addresses can reach the Kubernetes API"),
    ],
  },
};

/** @param to the block that has the network configuration of the tasks */
function publicTasks(to: AttributePath): WeakeningRule {
  const path = [...to, "network_configuration", 0, "assign_public_ip"];
  return becomes((values) => valueAt(values, path) === true, "its tasks get public addresses");
}

/** A resource that is public after a plan, and was not before or did not exist. */
function becomes(isPublic: (values: unknown) => boolean, meaning: string): WeakeningRule {
  return ({ change: { before, after } }) => {
    if (after === null || after === undefined || !isPublic(after)) return [];
    return before !== null && before !== undefined && isPublic(before) ? [] : [meaning];
  };
}

/** What a security group rule lets in. */
interface Ingress {
  readonly addresses: readonly unknown[];
  /** E.g. `tcp`; `-1` is everything. */
  readonly protocol: unknown;
  readonly from: unknown;
  readonly to: unknown;
}

/** Addresses of the whole internet that a plan lets in, with the ports, and that could not get in there before. */
function openTo(ingress: (values: unknown) => readonly Ingress[]): WeakeningRule {
  const open = (values: unknown) =>
    ingress(values).flatMap((rule) =>
      rule.addresses.filter(isWorld).map((address) => ({ ...rule, addresses: [address] })),
    );
  return ({ change: { before, after } }) => {
    const old = open(before);
    const more = open(after).filter((rule) => !old.some((other) => covers(other, rule)));
    return [...new Set(more.map((rule) => `${String(rule.addresses[0])} may connect to ${portsOf(rule)}`))];
  };
}

/** Whether a rule that lets in one range already lets in another one. What is not known covers only the same. */
function covers(wide: Ingress, narrow: Ingress): boolean {
  if (wide.addresses[0] !== narrow.addresses[0]) return false;
  if (isEverything(wide)) return true;
  if (wide.protocol !== narrow.protocol) return false;
  const isSame = wide.from === narrow.from && wide.to === narrow.to;
  return isSame || (Number(wide.from) <= Number(narrow.from) && Number(wide.to) >= Number(narrow.to));
}

const isEverything = ({ protocol }: Pick<Ingress, "protocol">): boolean =>
  ["-1", "all"].includes(String(protocol).toLowerCase());

/**
 * E.g. `TCP port 443`, `UDP ports 8000-8100`, `ICMP`.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
function portsOf({ protocol, from, to }: Omit<Ingress, "addresses">): string {
  if (isEverything({ protocol })) return "every port of every protocol";
  const name = String(protocol ?? "an unknown protocol").toLowerCase();
  const known = (
    { 6: "TCP", 17: "UDP", 1: "ICMP", 58: "ICMPv6", icmpv6: "ICMPv6" } as Record<string, string>
  )[name];
  const shown = known ?? (/^\d+$/.test(name) ? `protocol ${name}` : name.toUpperCase());
  if (!/^(?:TCP|UDP)$/.test(shown)) return shown;
  if (from === 0 && to === 65_535) return `every ${shown} port`;
  if (from === null || from === undefined) return `${shown} ports that are known after the apply`;
  return from === to ? `${shown} port ${String(from)}` : `${shown} ports ${String(from)}-${String(to)}`;
}

/** Whether a range is so wide that it only makes sense for the internet, e.g. also one half of it. */
function isWorld(address: unknown): boolean {
  const [, range = "", length] = /^([^/]+)\/(\d+)$/.exec(String(address)) ?? [];
  return length !== undefined && Number(length) <= (range.includes(":") ? 3 : 7);
}

const blocks = (values: unknown, name: string): readonly unknown[] => {
  const found = valueAt(values, [name]);
  return Array.isArray(found) ? found : [];
};

const rangesOf = (rule: unknown): Ingress => ({
  addresses: [...blocks(rule, "cidr_blocks"), ...blocks(rule, "ipv6_cidr_blocks")],
  protocol: valueAt(rule, ["protocol"]),
  ...portsIn(rule),
});

const portsIn = (rule: unknown): Pick<Ingress, "from" | "to"> => ({
  from: valueAt(rule, ["from_port"]),
  to: valueAt(rule, ["to_port"]),
});

const ingressRule = (rule: unknown): Ingress => ({
  addresses: ["cidr_ipv4", "cidr_ipv6"].map((attribute) => valueAt(rule, [attribute])),
  protocol: valueAt(rule, ["ip_protocol"]),
  ...portsIn(rule),
});
