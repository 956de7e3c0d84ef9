import { expect, test } from "vitest";
import { existingRule } from "../../../../scripts/imports/existing-rule";

const rule = { SecurityGroupRuleId: "sgr-1", GroupId: "sg-1", CidrIpv4: "10.0.0.0/16" };

test("a rule for all protocols has no ports, as in Terraform", () => {
  const { id, arguments: found } = existingRule({ ...rule, IpProtocol: "-1", FromPort: -1, ToPort: -1 });

  expect([id, found["ip_protocol"], found["from_port"], found["to_port"]]).toEqual([
    "sgr-1",
    "-1",
    undefined,
    undefined,
  ]);
});

test("a rule for one protocol has its ports as text, and the group to which it refers", () => {
  const ports = { IpProtocol: "tcp", FromPort: 443, ToPort: 443 };

  expect(
    existingRule({ ...rule, ...ports, ReferencedGroupInfo: { GroupId: "sg-2" } }).arguments,
  ).toMatchObject({
    from_port: "443",
    to_port: "443",
    referenced_security_group_id: "sg-2",
  });
});
