import { expect, test } from "vitest";
import { partitionFor, regions } from "../../../../modules/iam/aws-regions";
import { endpointServiceName } from "../../../../modules/network/endpoint-services";

test.each([
  ["ecr.api", "us-east-1", "com.amazonaws.us-east-1.ecr.api"],
  ["ecr.dkr", "us-gov-west-1", "com.amazonaws.us-gov-west-1.ecr.dkr"],
  ["sts", "cn-north-1", "cn.com.amazonaws.cn-north-1.sts"],
  ["logs", "cn-northwest-1", "com.amazonaws.cn-northwest-1.logs"],
  ["s3", "cn-north-1", "com.amazonaws.cn-north-1.s3"],
  ["ecr.api", "eusc-de-east-1", "eu.amazonaws.eusc-de-east-1.ecr.api"],
  ["ec2", "us-iso-east-1", "gov.ic.c2s.us-iso-east-1.ec2"],
  ["ec2", "us-isob-west-1", "com.amazonaws.us-isob-west-1.ec2"],
] as const)("the endpoint of %s in %s is %s", (service, region, name) => {
  expect(endpointServiceName(service, region)).toBe(name);
});

test("the endpoints of ECR have the domain of their partition backwards, in every Region outside GovCloud", () => {
  const others = regions.filter((region) => {
    const { id, dnsSuffix } = partitionFor(region);
    const prefix = dnsSuffix.split(".").toReversed().join(".");
    return id !== "aws-us-gov" && !endpointServiceName("ecr.api", region).startsWith(`${prefix}.${region}.`);
  });

  expect(others).toEqual([]);
});
