import { expect, test } from "vitest";
import { declaredInCloudFormation, declaredInTerraform } from "../../../bench/declared-repositories";

test("Terraform and CloudFormation that declare the same repositories give the same lines", () => {
  const terraform = {
    resource: {
      aws_ecr_repository: {
        api: { name: "acme-api", image_scanning_configuration: { scan_on_push: true } },
        web: { name: "acme-web" },
      },
      aws_ecr_lifecycle_policy: {
        anything: { repository: "${aws_ecr_repository.api.name}", policy: '{"rules":[]}' },
      },
    },
  };
  const template = {
    Resources: {
      Api1: {
        Type: "AWS::ECR::Repository",
        Properties: {
          RepositoryName: "acme-api",
          ImageScanningConfiguration: { ScanOnPush: true },
          LifecyclePolicy: { LifecyclePolicyText: '{"rules":[]}' },
        },
      },
      Web1: { Type: "AWS::ECR::Repository", Properties: { RepositoryName: "acme-web" } },
      Other: { Type: "AWS::CDK::Metadata", Properties: {} },
    },
  };
  const lines = ['acme-api scan=true {"rules":[]}', "acme-web scan=false no policy"];

  expect(declaredInTerraform(terraform)).toEqual(lines);
  expect(declaredInCloudFormation(template)).toEqual(lines);
});

test("a stack without repositories gives no lines", () => {
  expect(declaredInTerraform({ output: {} })).toEqual([]);
  expect(declaredInCloudFormation({})).toEqual([]);
});
