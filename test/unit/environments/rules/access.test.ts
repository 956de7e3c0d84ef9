import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { type RepositoryInput, withRepository } from "../../../support/environments/one-repository";
import { existing } from "../../../support/environments/own-network";

const own = minimal.accountId;
const organization = "o-a1b2c3d4e5";
const unit = `${organization}/r-ab12/ou-ab12-11111111/*`;
const build = "arn:aws:iam::444455556666:role/ci/build";

const load = (options: RepositoryInput, change = {}) => loadEnvironments(withRepository(options, change));

test("organizations, their units and roles of any account may be named", () => {
  const options = {
    allowedOrganizationIds: ["o-zzzzzzzzzz"],
    allowedOrganizationPaths: [unit, `${organization}/r-ab12/`],
    pullRoleArns: [build, `arn:aws:iam::${own}:role/task`],
    pushRoleArns: [`arn:aws:iam::${own}:role/ci/build`],
  };

  expect(load(options)).toHaveLength(1);
});

test("fails when what is named is not one", () => {
  expect(() =>
    load({
      allowedOrganizationIds: ["a1b2c3d4e5"],
      allowedOrganizationPaths: [organization],
      pullRoleArns: ["build"],
      pushRoleArns: ["arn:aws:iam::444455556666:role/*"],
    }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.allowedOrganizationIds[0]: found "a1b2c3d4e5"; an organization ID is o- and 10 to 32 lowercase letters and digits; use an ID such as "o-a1b2c3d4e5"
    environments/test.ts: ecr.repositories.app.allowedOrganizationPaths[0]: found "o-a1b2c3d4e5"; a path leads from the organization to a root or an OU and ends with /* (all accounts below) or / (accounts directly in it); use a path such as "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"
    environments/test.ts: ecr.repositories.app.pullRoleArns[0]: found "build"; this must be the ARN of one IAM role, without wildcards; use arn:aws:iam::<account>:role/<path and name>
    environments/test.ts: ecr.repositories.app.pushRoleArns[0]: found "arn:aws:iam::444455556666:role/*"; this must be the ARN of one IAM role, without wildcards; use arn:aws:iam::<account>:role/<path and name>]
  `);
});

test("fails when anything is listed twice", () => {
  expect(() =>
    load({
      allowedOrganizationIds: [organization, organization],
      allowedOrganizationPaths: ["o-zzzzzzzzzz/r-ab12/*", "o-zzzzzzzzzz/r-ab12/*"],
      pullRoleArns: [build, build],
      pushRoleArns: [`${build}2`, `${build}2`],
    }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.allowedOrganizationIds[1]: found "o-a1b2c3d4e5"; this organization is listed twice; remove it here
    environments/test.ts: ecr.repositories.app.allowedOrganizationPaths[1]: found "o-zzzzzzzzzz/r-ab12/*"; this path is listed twice; remove it here
    environments/test.ts: ecr.repositories.app.pullRoleArns[1]: found "arn:aws:iam::444455556666:role/ci/build"; this role is listed twice; remove it here
    environments/test.ts: ecr.repositories.app.pushRoleArns[1]: found "arn:aws:iam::444455556666:role/ci/build2"; this role is listed twice; remove it here]
  `);
});

test("fails when an entry adds nothing to what another option allows", () => {
  expect(() =>
    load({
      enableCrossAccountAccess: true,
      allowedAccountIds: ["444455556666"],
      allowedOrganizationIds: [organization],
      allowedOrganizationPaths: [unit],
      pullRoleArns: [build, "arn:aws:iam::777788889999:role/task"],
      pushRoleArns: ["arn:aws:iam::777788889999:role/task"],
    }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.allowedOrganizationPaths[0]: found "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"; the whole organization may already pull; remove the path, or the organization from allowedOrganizationIds
    environments/test.ts: ecr.repositories.app.pullRoleArns[0]: found "arn:aws:iam::444455556666:role/ci/build"; its whole account may already pull; remove the role, or the account from allowedAccountIds
    environments/test.ts: ecr.repositories.app.pullRoleArns[1]: found "arn:aws:iam::777788889999:role/task"; a role in pushRoleArns may also pull; remove it here]
  `);
});

test("a role may push where its whole account may pull", () => {
  const options = {
    enableCrossAccountAccess: true,
    allowedAccountIds: ["444455556666"],
    pushRoleArns: [build],
  };

  expect(load(options)).toHaveLength(1);
});

test("fails when a role is of another partition", () => {
  expect(() =>
    load({ pullRoleArns: [build], pushRoleArns: [`${build}2`] }, { region: "cn-north-1" }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.pullRoleArns[0]: found "arn:aws:iam::444455556666:role/ci/build"; a role has access only within its own partition; use a role in the partition aws-cn
    environments/test.ts: ecr.repositories.app.pushRoleArns[0]: found "arn:aws:iam::444455556666:role/ci/build2"; a role has access only within its own partition; use a role in the partition aws-cn]
  `);
});

test("fails when the role of a permission set is written without its path, wherever roles are named", () => {
  const sso = `arn:aws:iam::${own}:role/AWSReservedSSO_Dev_0123456789abcdef`;
  const lines = messageOf(
    only({
      ...minimal,
      security: { kms: { administrators: [sso] } },
      network: existing,
      ecr: {
        repositories: { app: { pullRoleArns: [sso], pushRoleArns: [`${sso}2`] } },
        pullThroughCache: { public: { upstream: "ecr-public", pullRoleArns: [sso] } },
      },
      eks: {
        kubernetesVersion: "1.33",
        nodeGroups: { general: { instanceTypes: ["m7i.large"] } },
        accessEntries: { [sso]: { policy: "AmazonEKSViewPolicy" } },
      },
    }),
  ).split("\n");
  const advice = (arn: string) =>
    `found "${arn}"; IAM Identity Center creates its roles under the path /aws-reserved/sso.amazonaws.com/; use the role's whole ARN, as IAM shows it, such as arn:aws:iam::${own}:role/aws-reserved/sso.amazonaws.com/${arn.split("/")[1]}`;

  expect(lines.filter((line) => line.includes("Identity Center")).toSorted()).toEqual(
    [
      `environments/test.ts: ecr.pullThroughCache.public.pullRoleArns[0]: ${advice(sso)}`,
      `environments/test.ts: ecr.repositories.app.pullRoleArns[0]: ${advice(sso)}`,
      `environments/test.ts: ecr.repositories.app.pushRoleArns[0]: ${advice(`${sso}2`)}`,
      `environments/test.ts: eks.accessEntries["${sso}"]: ${advice(sso)}`,
      `environments/test.ts: security.kms.administrators[0]: ${advice(sso)}`,
    ].toSorted(),
  );
});

test("fails when a role of the account takes no policy", () => {
  expect(() =>
    load({
      pullRoleArns: [
        `arn:aws:iam::${own}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
        "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_1234",
      ],
      pushRoleArns: [`arn:aws:iam::${own}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_1234`],
    }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.pullRoleArns[0]: found "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"; AWS does not allow changes to this role; add the permission where AWS creates the role, for example in the permission set
    environments/test.ts: ecr.repositories.app.pushRoleArns[0]: found "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_1234"; AWS does not allow changes to this role; add the permission where AWS creates the role, for example in the permission set]
  `);
});

const replicatedTo = (region: string) => ({
  enableReplication: true,
  replicationDestinations: [{ region }],
});

test("fails when a role of the account would be granted more replicas than its policies have room for", () => {
  const options = { pullRoleArns: [`arn:aws:iam::${own}:role/build`] };
  const loadAll = (more: object) =>
    loadEnvironments(
      only({
        ...minimal,
        ecr: {
          repositories: Object.fromEntries(
            Array.from({ length: 100 }, (_, index) => [`service-${index}`, { ...options, ...more }]),
          ),
        },
      }),
    );

  expect(() => loadAll({})).not.toThrow();
  expect(() => loadAll(replicatedTo("us-west-2"))).toThrow(
    /ecr\.repositories: found "arn:aws:iam::111122223333:role\/build"; the inline policy of the role would have 14\d{3} characters/,
  );
});

test("fails when only the policy of a replica would be too long, because its Region has a longer name", () => {
  const accounts = Array.from({ length: 112 }, (_, index) => String(333344440000 + index));
  const options = {
    enableLambdaPull: true,
    enableCrossAccountAccess: true,
    allowedAccountIds: accounts,
  };
  const lengthOf = (region: string) =>
    /policy would have (\d+)/.exec(
      String(catchError(() => load({ ...options, ...replicatedTo(region) }))),
    )?.[1];
  const catchError = (work: () => unknown) => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };

  expect(() => load(options)).not.toThrow();
  expect(lengthOf("eu-west-2")).toBeUndefined();
  expect(Number(lengthOf("ap-southeast-2"))).toBeGreaterThan(10_240);
});

test("fails when a role of the account would be granted more repositories than its policy has room for", () => {
  const options = { pullRoleArns: [`arn:aws:iam::${own}:role/build`] };
  const repositories = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`service-${index}`, options]),
  );

  expect(() =>
    loadEnvironments(only({ ...minimal, ecr: { repositories } })),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories: found "arn:aws:iam::111122223333:role/build"; the inline policy of the role would have 14126 characters, and IAM allows 10240; attach your own policy to the role with a pattern such as arn:aws:ecr:<region>:<account>:repository/<project>-*]`,
  );
});

test("fails when lists hold what is no text, with one line for each", () => {
  expect(() =>
    load({ pullRoleArns: [1, build, build], allowedOrganizationPaths: "all" } as never),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.allowedOrganizationPaths: found "all"; this must be a list; use [ … ]
    environments/test.ts: ecr.repositories.app.pullRoleArns[0]: found 1; this must be the ARN of one IAM role, without wildcards; use arn:aws:iam::<account>:role/<path and name>
    environments/test.ts: ecr.repositories.app.pullRoleArns[2]: found "arn:aws:iam::444455556666:role/ci/build"; this role is listed twice; remove it here]
  `);
});
