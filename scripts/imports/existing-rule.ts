import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { tagMap } from "./lookup";
import type { ExistingResource } from "./match";

/**
 * A rule of a security group in the form in which it is compared. A rule for all protocols has no ports in Terraform, and ports -1 in AWS.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_egress_rule
 */
export function existingRule(rule: SecurityGroupRule): ExistingResource {
  const port = (value: number | undefined) =>
    rule.IpProtocol === "-1" || value === undefined ? undefined : String(value);
  return {
    id: rule.SecurityGroupRuleId ?? "",
    arguments: {
      security_group_id: rule.GroupId,
      ip_protocol: rule.IpProtocol,
      from_port: port(rule.FromPort),
      to_port: port(rule.ToPort),
      cidr_ipv4: rule.CidrIpv4,
      cidr_ipv6: rule.CidrIpv6,
      prefix_list_id: rule.PrefixListId,
      referenced_security_group_id: rule.ReferencedGroupInfo?.GroupId,
    },
    tags: tagMap(rule.Tags),
  };
}
