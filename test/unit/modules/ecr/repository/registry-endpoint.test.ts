import { expect, test } from "vitest";
import { endpointHost, registryEndpoints } from "../../../../../modules/ecr/repository/registry-endpoint";

const accountId = "123456789012";
const hosts = (region: string) => registryEndpoints.map((type) => endpointHost({ accountId, region }, type));

test.each([
  [
    "us-east-1",
    [
      "123456789012.dkr.ecr.us-east-1.amazonaws.com",
      "123456789012.dkr-ecr.us-east-1.on.aws",
      "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com",
      "123456789012.dkr-ecr-fips.us-east-1.on.aws",
    ],
  ],
  [
    "us-gov-west-1",
    [
      "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com",
      "123456789012.dkr-ecr.us-gov-west-1.on.aws",
      "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
      "123456789012.dkr-ecr-fips.us-gov-west-1.on.aws",
    ],
  ],
  [
    "eu-central-1",
    [
      "123456789012.dkr.ecr.eu-central-1.amazonaws.com",
      "123456789012.dkr-ecr.eu-central-1.on.aws",
      undefined,
      undefined,
    ],
  ],
  [
    "cn-north-1",
    [
      "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
      "123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn",
      undefined,
      undefined,
    ],
  ],
  ["eusc-de-east-1", ["123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu", undefined, undefined, undefined]],
])("the hosts of a registry in %s are those that AWS documents", (region, expected) => {
  expect(hosts(region)).toEqual(expected);
});
