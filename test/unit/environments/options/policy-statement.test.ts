import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { ownSids } from "../../../../modules/ecr/access/repository-policy";
import { type RepositoryInput, withRepository } from "../../../support/environments/one-repository";

type StatementInput = NonNullable<RepositoryInput["repositoryPolicyStatements"]>[number];

const statement: StatementInput = {
  sid: "PullFromBuildRole",
  actions: ["ecr:BatchGetImage"],
  principals: [{ type: "AWS", identifiers: ["444455556666"] }],
};

const withStatements = (...repositoryPolicyStatements: StatementInput[]) =>
  withRepository({ repositoryPolicyStatements });

const withPrincipals = (...principals: StatementInput["principals"]) =>
  withStatements({ ...statement, principals });

test("fails when a policy statement is not one for a repository", () => {
  const repositoryPolicyStatements = [
    { sid: "pull-all", actions: ["ecr:GetAuthorizationToken", "s3:GetObject"], principals: [] },
    { sid: "Empty", actions: [], principals: [{ type: "AWS" as const, identifiers: [] }] },
  ];
  const definitions = withRepository({ repositoryPolicyStatements });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].sid: found "pull-all"; a Sid has only letters and digits; use a Sid such as PullFromBuildRole
    environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].actions[0]: found "ecr:GetAuthorizationToken"; a repository policy can contain ecr: actions except GetAuthorizationToken, which only an identity-based policy on * can allow; use an action such as ecr:BatchGetImage
    environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].actions[1]: found "s3:GetObject"; a repository policy can contain ecr: actions except GetAuthorizationToken, which only an identity-based policy on * can allow; use an action such as ecr:BatchGetImage
    environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].principals: found []; a statement needs a principal; add { type, identifiers }
    environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[1].actions: found []; a statement needs an action; add one such as ecr:BatchGetImage
    environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[1].principals[0].identifiers: found []; an entry needs at least one identifier; add an ARN or an account ID]
  `);
});

test("fails when two policy statements have one sid", () => {
  const definitions = withStatements(statement, statement);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[1].sid: found "PullFromBuildRole"; another statement in the policy has this Sid; rename it]`,
  );
});

test.each(Object.values(ownSids))("fails when a policy statement has the built-in sid %s", (sid) => {
  const definitions = withStatements({ ...statement, sid });

  expect(() => loadEnvironments(definitions)).toThrow(
    expect.objectContaining({
      message: `environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].sid: found "${sid}"; another statement in the policy has this Sid; rename it`,
    }),
  );
});

test("fails when two conditions of a statement compare the same in the same way", () => {
  const conditions = ["o-1", "o-2"].map((organization) => ({
    test: "StringEquals",
    variable: "aws:PrincipalOrgID",
    values: [organization],
  }));
  const definitions = withStatements({ ...statement, conditions });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].conditions[1]: found {"test":"StringEquals","variable":"aws:PrincipalOrgID","values":["o-2"]}; an earlier condition has this test and variable; combine the values in one condition]`,
  );
});

test("conditions may share the test or the variable", () => {
  const conditions = [
    { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] },
    { test: "StringEquals", variable: "aws:PrincipalTag/team", values: ["web"] },
    { test: "StringLike", variable: "aws:PrincipalTag/team", values: ["web-*"] },
  ];

  expect(loadEnvironments(withStatements({ ...statement, conditions }))).toHaveLength(1);
});

test("two statements may have equal conditions", () => {
  const conditions = [{ test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] }];
  const first = { ...statement, conditions };

  expect(loadEnvironments(withStatements(first, { ...first, sid: "PullFromOther" }))).toHaveLength(1);
});

test("fails when everyone is hidden among named principals", () => {
  const definitions = withPrincipals({ type: "*", identifiers: ["*", "444455556666"] });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].principals[0].identifiers: found ["*","444455556666"]; type "*" means everyone, regardless of the identifiers; use type "AWS" or set identifiers: ["*"]]`,
  );
});

test.each(["444455556666", "arn:aws:iam::444455556666:root"])(
  "fails when everyone is written as a kind of principal for %s",
  (identifier) => {
    const definitions = withPrincipals({ type: "*", identifiers: [identifier] });

    expect(() => loadEnvironments(definitions)).toThrow(
      expect.objectContaining({
        message: `environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].principals[0].identifiers: found ["${identifier}"]; type "*" means everyone, regardless of the identifiers; use type "AWS" or set identifiers: ["*"]`,
      }),
    );
  },
);

test.each(["Service", "Federated"] as const)("fails when a wildcard stands for every %s", (type) => {
  const definitions = withPrincipals({ type, identifiers: ["lambda.amazonaws.com", "*"] });

  expect(() => loadEnvironments(definitions)).toThrow(
    expect.objectContaining({
      message: `environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].principals[0].identifiers: found ["lambda.amazonaws.com","*"]; IAM does not support wildcards for ${type}; list the identifiers individually`,
    }),
  );
});

test.each<StatementInput["principals"][number]>([
  { type: "*", identifiers: ["*"] },
  { type: "AWS", identifiers: ["*"] },
  { type: "AWS", identifiers: ["444455556666", "arn:aws:iam::123456789012:role/build"] },
  { type: "Service", identifiers: ["codebuild.amazonaws.com"] },
])("a statement may be about %j", (principal) => {
  expect(loadEnvironments(withPrincipals(principal))).toHaveLength(1);
});

test("fails when the login is written in other letters", () => {
  const definitions = withStatements({ ...statement, actions: ["ecr:getauthorizationtoken"] });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].actions[0]: found "ecr:getauthorizationtoken"; a repository policy can contain ecr: actions except GetAuthorizationToken, which only an identity-based policy on * can allow; use an action such as ecr:BatchGetImage]`,
  );
});
