import { describe, expect, test } from "vitest";
import { loadEnvironments, loadProject } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { withService } from "../../../support/environments/one-service";
import { own } from "../../../support/environments/own-network";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const url = "999988887777.dkr.ecr.eu-west-1.amazonaws.com/team/app";
const inAmerica = url.replace("eu-west-1", "us-east-1");

const running = (repository: string, change: Partial<EnvironmentInput> = {}, image: object = { digest }) =>
  withService({ image: { repository, ...image } }, change);

const functionOf = (image: object): Partial<EnvironmentInput> => ({
  ecs: {},
  lambda: { functions: { job: { image: image as { repository: string } } } },
});

test("services, functions and workloads run images of other accounts, by tag or by digest", () => {
  expect(loadEnvironments(running(url))).toHaveLength(1);
  expect(loadEnvironments(running(inAmerica, {}, { tag: "v1" }))).toHaveLength(1);
  expect(loadEnvironments(only({ ...minimal, ...functionOf({ repository: url, digest }) }))).toHaveLength(1);
});

test.each([
  `${url}:v1`,
  `${url}@${digest}`,
  `https://${url}`,
  url.replace("amazonaws.com", "amazonaws.com.cn"),
  "999988887777.dkr-ecr.eu-west-1.on.aws/team/app",
])("fails when %s is no URL of a repository", (text) => {
  expect(problemsIn(running(text))).toEqual([
    expect.stringContaining(
      "; this is not the URL of a private repository in Amazon ECR; use <account ID>.dkr.ecr.eu-west-1.amazonaws.com/<name>, and name the image with tag or digest",
    ),
  ]);
});

test("fails when the repository is in the environment's own account", () => {
  expect(problemsIn(running(url.replace("999988887777", minimal.accountId)))).toEqual([
    'environments/test.ts: ecs.services.web.image.repository: found "111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app"; this repository is in the environment\'s own account, where consumers run images of ecr.repositories only; use the short name of a repository there, and copy the image to it',
  ]);
});

test("fails when the repository is in another partition", () => {
  const china = "999988887777.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app";

  expect(problemsIn(running(china))).toEqual([
    `environments/test.ts: ecs.services.web.image.repository: found "${china}"; cn-north-1 is in another partition than eu-west-1, where roles of this account have no access; copy the image to a repository of ecr.repositories`,
  ]);
});

test("fails when a function would run an image of another Region", () => {
  expect(problemsIn(only({ ...minimal, ...functionOf({ repository: inAmerica, digest }) }))).toEqual([
    `environments/test.ts: lambda.functions.job.image.repository: found "${inAmerica}"; Lambda runs images of its own Region only; ask the owner to replicate the repository to eu-west-1, and use its URL there`,
  ]);
});

test("fails when nothing leads to a registry in another Region", () => {
  const network = { ...own, natGateways: "none" } as const;

  expect(problemsIn(running(inAmerica, { network }))).toEqual([
    `environments/test.ts: ecs.services.web.image.repository: found "${inAmerica}"; VPC endpoints reach only registries in eu-west-1, and the network has no NAT gateway; set natGateways: "single" or "one-per-zone", or ask the owner to replicate the repository to eu-west-1`,
  ]);
  expect(loadEnvironments(running(url, { network }))).toHaveLength(1);
});

test("fails when a pipeline would deploy such an image", () => {
  expect(problemsIn(running(url, {}, { digest, managedBy: "pipeline" }))).toEqual([
    'environments/test.ts: ecs.services.web.image.managedBy: found "pipeline"; a pipeline deploys images of ecr.repositories, and this one is in the registry of another account; remove managedBy, or push the image to a repository',
  ]);
});

test("production runs such images by digest", () => {
  const change = { tier: "production", ecr: { encryptionType: "KMS", repositories: {} } } as const;

  expect(problemsIn(running(url, change, { tag: "v1" }))).toEqual([
    'environments/test.ts: ecs.services.web.image.tag: found "v1"; the owner of this repository can let the tag be overwritten, and production must run the tested image; use the digest, or state the reason in productionExceptions with rule: "consumers-run-fixed-images"',
  ]);
  expect(loadEnvironments(running(url, change))).toHaveLength(1);
});

test("a function that runs a tag of another account's repository is warned of", () => {
  const project = loadProject(only({ ...minimal, ...functionOf({ repository: url, tag: "v1" }) }));

  expect(warningsOf(project.environments)).toEqual([
    "environments/test.ts: lambda.functions.job.image.tag: The owner of this repository can let the tag be overwritten. Lambda does not follow it: the function keeps the image that had the tag at deployment. Use the digest. [lambda-runs-a-tag]",
  ]);
});

describe("a repository of another environment of the project", () => {
  const owner = (options: object) =>
    only({ ...minimal, name: "shared", accountId: "999988887777", ecr: { repositories: { app: options } } });
  const shared = "999988887777.dkr.ecr.eu-west-1.amazonaws.com/acme-shared-app";
  const role = "arn:aws:iam::111122223333:role/acme/test/acme-test-ecs-execution";
  const accounts = { enableCrossAccountAccess: true, allowedAccountIds: ["111122223333"] };

  test("fails when it does not let the account pull, with the options that do", () => {
    expect(problemsIn({ ...running(shared), ...owner({}) })).toEqual([
      `environments/test.ts: ecs.services.web.image.repository: found "${shared}"; environments/shared.ts has this repository and does not let account 111122223333 pull from it; in ecr.repositories.app there, set pullRoleArns: ["${role}"]`,
    ]);
    const functions = only({ ...minimal, ...functionOf({ repository: shared, digest }) });
    expect(problemsIn({ ...functions, ...owner({}) })).toEqual([
      `environments/test.ts: lambda.functions.job.image.repository: found "${shared}"; environments/shared.ts has this repository and does not let account 111122223333 pull from it; in ecr.repositories.app there, set enableCrossAccountAccess: true with "111122223333" in allowedAccountIds and enableLambdaPull: true`,
    ]);
  });

  test.each([{ pullRoleArns: [role] }, accounts, { allowedOrganizationIds: ["o-a1b2c3d4e5"] }])(
    "is pulled from when it has %j",
    (options) => {
      expect(loadEnvironments({ ...running(shared), ...owner(options) })).toHaveLength(2);
    },
  );

  test("is warned of when its lifecycle policy can expire the image", () => {
    const options = { pullRoleArns: [role], maxImageCount: 3 };
    const { environments } = loadProject({ ...running(shared), ...owner(options) });

    expect(warningsOf(environments)).toEqual([
      'environments/test.ts: ecs.services.web.image.digest: The lifecycle policy of "app" in environments/shared.ts can expire (rule "any") the image that the ECS service "web" runs, which then cannot be pulled. Give the image a tag that protectedTags there matches. [image-in-use-may-go]',
    ]);
  });
});
