import { valueAt } from "../../../modules/values/value-at";
import type { WeakeningRule } from "../weakening";
import { gained } from "../weaker-attribute";
import type { Gate } from "./gate";

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
export const networkExposure: Gate = {
  severity: "blocked",
  stops:
    "A security group lets the whole internet in, a load balancer becomes public, tasks get public addresses, or the Kubernetes API can be reached from the internet or from more addresses",
  rules: {
    aws_security_group: [openTo((group) => blocks(group, "ingress").flatMap(addressesOf))],
    aws_security_group_rule: [
      openTo((rule) => (valueAt(rule, ["type"]) === "ingress" ? addressesOf(rule) : [])),
    ],
    aws_vpc_security_group_ingress_rule: [
      openTo((rule) => ["cidr_ipv4", "cidr_ipv6"].map((attribute) => valueAt(rule, [attribute]))),
    ],
    aws_lb: [
      becomes(
        (balancer) => valueAt(balancer, ["internal"]) !== true,
        "the load balancer can be reached from the internet",
      ),
    ],
    aws_ecs_service: [
      becomes(
        (service) => valueAt(service, ["network_configuration", 0, "assign_public_ip"]) === true,
        "its tasks get public addresses",
      ),
    ],
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

/** A resource that is public after a plan, and was not before or did not exist. */
function becomes(isPublic: (values: unknown) => boolean, meaning: string): WeakeningRule {
  return ({ change: { before, after } }) => {
    if (after === null || after === undefined || !isPublic(after)) return [];
    return before !== null && before !== undefined && isPublic(before) ? [] : [meaning];
  };
}

/** Addresses of the whole internet that a plan lets in, and that could not get in before. */
function openTo(addresses: (values: unknown) => readonly unknown[]): WeakeningRule {
  return ({ change: { before, after } }) => {
    const old = addresses(before);
    return [...new Set(addresses(after))]
      .filter((address) => isWorld(address) && !old.includes(address))
      .map((address) => `${String(address)} may connect`);
  };
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

const addressesOf = (rule: unknown): readonly unknown[] => [
  ...blocks(rule, "cidr_blocks"),
  ...blocks(rule, "ipv6_cidr_blocks"),
];
