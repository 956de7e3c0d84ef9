import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import type { Environment } from "../../../../environments/plan/environment";
import { failoverPlan } from "../../../../environments/plan/failover";
import { ownerPolicies } from "../../../../environments/plan/owner-policies";
import { boundaryStatements, deployStatements } from "../../../../environments/plan/pipeline-policies";
import type { Statement } from "../../../../modules/iam/policy-document";
import { certificateArn, withService } from "../../../support/environments/one-service";
import { own } from "../../../support/environments/own-network";
import { isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const near = "999988887777.dkr.ecr.eu-west-1.amazonaws.com/team/app";
const far = "888877776666.dkr.ecr.us-east-1.amazonaws.com/tools/proxy";
const nearArn = "arn:aws:ecr:eu-west-1:999988887777:repository/team/app";
const farArn = "arn:aws:ecr:us-east-1:888877776666:repository/tools/proxy";

const change: Partial<EnvironmentInput> = {
  network: { ...own, natGateways: "single", endpoints: ["ecr.api", "ecr.dkr", "s3", "logs"] },
  state: { backend: "s3", bucket: "acme-states", createBucket: true },
  security: { ci: { deploy: { trust: [{ github: "acme/platform", branch: "main" }] } } },
  lambda: { functions: { job: { image: { repository: near, digest } } } },
};
const definitions = withService(
  {
    image: { repository: near, digest },
    containers: { proxy: { image: { repository: far, tag: "v1" } } },
  },
  change,
);
const stacks = synth(definitions);

const environment = (): Environment => {
  const [only] = loadEnvironments(definitions);
  if (only === undefined) throw new Error("no environment");
  return only;
};

const pull = (resource: string) => ({ action: "ecr:BatchGetImage", resource });

test("a service, a further container and a function run images by the URLs of other registries", () => {
  const json = stacks["compute-test"] ?? {};
  const tasks = JSON.stringify(Object.values<StackJson>(json["resource"].aws_ecs_task_definition));
  const [job] = Object.values<StackJson>(json["resource"].aws_lambda_function);

  expect(tasks).toContain(`${near}@${digest}`);
  expect(tasks).toContain(`${far}:v1`);
  expect(job?.["image_uri"]).toBe(`${near}@${digest}`);
});

test("the execution role, and the boundary of roles, allow exactly these repositories", () => {
  const policies = Object.values<StackJson>(stacks["security-test"]?.["resource"].aws_iam_role_policy);
  const execution = policies.find(({ policy }) => JSON.stringify(policy).includes("WriteLogs"))?.["policy"];

  for (const statements of [execution.Statement as Statement[], boundaryStatements(environment())])
    expect(
      [
        nearArn,
        farArn,
        `${nearArn}-other`,
        "arn:aws:ecr:us-east-1:999988887777:repository/team/app",
        "arn:aws:ecr:eu-west-1:999988887777:repository/team",
      ].map((resource) => isAllowed(statements, pull(resource))),
    ).toEqual([true, true, false, false, false]);
});

test("the deploy role may pull what functions run, as Lambda requires of whoever creates them", () => {
  expect(
    [nearArn, farArn].map((resource) => isAllowed(deployStatements(environment()), pull(resource))),
  ).toEqual([true, false]);
});

test("endpoints let images of other accounts in the Region through", () => {
  const endpoints = Object.values<StackJson>(stacks["network-test"]?.["resource"].aws_vpc_endpoint);
  const docker = endpoints.find(({ service_name }) => service_name.endsWith("ecr.dkr"))?.["policy"];
  const [, images] = docker.Statement as Statement[];

  expect(images?.Resource).toEqual(["arn:aws:ecr:eu-west-1:111122223333:repository/*", nearArn]);
});

test("owners get the statements that the roles and Lambda need", () => {
  const policies = ownerPolicies(environment());

  expect(policies.map(({ url, consumers }) => [url, consumers])).toEqual([
    [near, ['ECS service "web"', 'Lambda function "job"']],
    [far, ['ECS service "web/proxy"']],
  ]);
  const role = "arn:aws:iam::111122223333:role/acme/test/acme-test-ecs-execution";
  expect(policies[1]?.statements).toEqual([
    {
      Sid: "PullFromRoles",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::111122223333:root"] },
      Action: expect.arrayContaining(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]),
      Condition: { ArnEquals: { "aws:PrincipalArn": [role] } },
    },
  ]);
  expect(policies[0]?.statements.map(({ Sid }) => Sid)).toEqual([
    "PullFromAccounts",
    "LambdaECRImageCrossAccountRetrievalPolicy",
  ]);
});

test("a failover keeps the URL, and names the owner unless the image is in the other Region", () => {
  const { images } = failoverPlan(environment(), "us-east-1");

  expect(images.map(({ name, uri, obstacle }) => [name, uri?.from === uri?.to, obstacle])).toEqual([
    [
      "web",
      true,
      "it comes from the registry of account 999988887777 in eu-west-1, which this project does not replicate; ask the owner for a replica in us-east-1, and use its URL in environments/test.ts",
    ],
    ["web/proxy", true, undefined],
    ["job", true, expect.stringContaining("account 999988887777")],
  ]);
});

test("without such images, no policy says anything of other accounts", () => {
  const others = JSON.stringify(synth(withService({ loadBalancer: { certificateArn }, port: 80 }, {})));

  expect(others).not.toContain("ImagesOfOtherAccounts");
});
