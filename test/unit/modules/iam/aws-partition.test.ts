import { expect, test } from "vitest";
import { partitionOf, serviceDomain } from "../../../../modules/iam/aws-partition";

test.each([
  ["us-east-1", "aws", "amazonaws.com"],
  ["eu-west-1", "aws", "amazonaws.com"],
  ["ca-west-1", "aws", "amazonaws.com"],
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ["cn-northwest-1", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-east-1", "aws-us-gov", "amazonaws.com"],
])("%s is in the partition %s, where service domains end in %s", (region, partition, domain) => {
  expect([partitionOf(region), serviceDomain(region)]).toEqual([partition, domain]);
});
