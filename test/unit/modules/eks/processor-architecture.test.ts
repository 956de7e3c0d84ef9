import { expect, test } from "vitest";
import {
  amiTypeOf,
  architectureOf,
  kubernetesArchitecture,
} from "../../../../modules/eks/processor-architecture";

// https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
test.each([
  ["a1.large", "arm64"],
  ["t4g.medium", "arm64"],
  ["m7g.large", "arm64"],
  ["c7gn.xlarge", "arm64"],
  ["r8gd.metal-24xl", "arm64"],
  ["im4gn.large", "arm64"],
  ["is4gen.large", "arm64"],
  ["x2gd.large", "arm64"],
  ["g5g.xlarge", "arm64"],
  ["hpc7g.4xlarge", "arm64"],
  ["t3.medium", "x86_64"],
  ["m7i-flex.large", "x86_64"],
  ["c7a.large", "x86_64"],
  ["g5.xlarge", "x86_64"],
  ["g4dn.xlarge", "x86_64"],
  ["gr6.4xlarge", "x86_64"],
  ["u7i-12tb.224xlarge", "x86_64"],
])("the architecture of %s is %s", (instanceType, architecture) => {
  expect(architectureOf(instanceType)).toBe(architecture);
});

test("EKS and Kubernetes have their own names for an architecture", () => {
  expect([amiTypeOf("x86_64"), kubernetesArchitecture("x86_64")]).toEqual([
    "AL2023_x86_64_STANDARD",
    "amd64",
  ]);
  expect([amiTypeOf("arm64"), kubernetesArchitecture("arm64")]).toEqual(["AL2023_ARM_64_STANDARD", "arm64"]);
});
