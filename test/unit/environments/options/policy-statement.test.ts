import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { ownSids } from "../../../../modules/ecr/access/repository-policy";
import { type RepositoryInput, withRepository } from "../../../support/environments/one-repository";

type StatementInput = NonNullable<RepositoryInput["repositoryPolicyStatements"]>[number];

type PrincipalInput = NonNullable<StatementInput["principals"]>[number];

const statement: StatementInput = {
  sid: "PullFromBuildRole",
  actions: ["ecr:BatchGetImage"],
  principals: [{ type: "AWS", identifiers: ["444455556666"] }],
};

const withStatements = (...repositoryPolicyStatements: StatementInput[]) =>
  withRepository({ repositoryPolicyStatements });

const withPrincipals = (...principals: PrincipalInput[]) => withStatements({ ...statement, principals });

test("fails when a policy statement is not one for a repository", () => {
  const repositoryPolicyStatements = [
    { sid: "pull-all", actions: ["ecr:GetAuthorizationToken", "s3:GetObject"], principals: [] },
    { sid: "Empty", actions: [], principals: [{ type: "AWS" as const, identifiers: [] }] },
  ];
  const definitions = withRepository({ repositoryPolicyStatements });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].principals: found []; a statement needs a principal; add { type, identifiers }
    environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[1].actions: found []; a statement needs an action; add one such as ecr:BatchGetImage
    environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[1].principals[0].identifiers: found []; an entry needs at least one identifier; add an ARN or an account ID
    environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].actions[1]: found "s3:GetObject"; a repository policy contains actions of ECR, written ecr:<action>; use an action such as ecr:BatchGetImage]
  `);
});

test("two policy statements may have one sid, also one that the project uses, or none", () => {
  const { sid: _, ...unnamed } = statement;
  const own = Object.values(ownSids).map((sid) => ({ ...statement, sid }));

  expect(loadEnvironments(withStatements(statement, statement, unnamed, ...own))).toHaveLength(1);
});

test("fails when two conditions of a statement compare the same in the same way", () => {
  const conditions = ["o-1", "o-2"].map((organization) => ({
    test: "StringEquals",
    variable: "aws:PrincipalOrgID",
    values: [organization],
  }));
  const definitions = withStatements({ ...statement, conditions });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.repositoryPolicyStatements[0].conditions[1].variable: found "aws:PrincipalOrgID"; an earlier condition has this test and variable; combine the values in one condition]`,
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

test.each<PrincipalInput>([
  { type: "*", identifiers: ["*"] },
  { type: "AWS", identifiers: ["*"] },
  { type: "AWS", identifiers: ["444455556666", "arn:aws:iam::123456789012:role/build"] },
  { type: "Service", identifiers: ["codebuild.amazonaws.com"] },
])("a statement may be about %j", (principal) => {
  expect(loadEnvironments(withPrincipals(principal))).toHaveLength(1);
});
