import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { accessTo } from "../../../../environments/plan/access";
import { repositoryPolicy } from "../../../../modules/ecr/access/repository-policy";
import type { Statement } from "../../../../modules/iam/policy-document";
import { minimal, only } from "../../../support/environments/minimal";
import { type RepositoryInput, withRepository } from "../../../support/environments/one-repository";

const accounts = (count: number) => Array.from({ length: count }, (_, index) => String(444455550000 + index));

const sharedWith = (count: number, change: RepositoryInput = {}) =>
  withRepository({ enableCrossAccountAccess: true, allowedAccountIds: accounts(count), ...change });

/** Statements of the one repository. */
function statementsOf(...[options, change]: Parameters<typeof withRepository>) {
  const [environment] = loadEnvironments(withRepository(options, change));
  const repository = environment?.ecr.repositories["app"];
  if (!environment || !repository) throw new Error("no environment");
  const statements = accessTo(environment, "app", repository).grants.statements();
  return JSON.parse(repositoryPolicy(statements)).Statement as Statement[];
}

test("a repository that nobody else uses has no statement", () => {
  expect(statementsOf({})).toEqual([]);
});

test("a repository has the statements that its options stand for and its own, by Sid", () => {
  const own = {
    sid: "PullFromBuildRole",
    actions: ["ecr:BatchGetImage"],
    principals: [{ type: "AWS" as const, identifiers: ["444455556666"] }],
  };

  const statements = statementsOf({
    enableCrossAccountAccess: true,
    allowedAccountIds: ["444455556666"],
    enableLambdaPull: true,
    repositoryPolicyStatements: [own],
  });

  expect(statements.map(({ Sid }) => Sid)).toEqual([
    "LambdaECRImageCrossAccountRetrievalPolicy",
    "LambdaECRImageRetrievalPolicy",
    "PullFromAccounts",
    "PullFromBuildRole",
  ]);
});

test("statements name the partition of the Region", () => {
  const change = { region: "cn-north-1" };

  const statements = statementsOf(
    { enableCrossAccountAccess: true, allowedAccountIds: ["444455556666"] },
    change,
  );

  expect(statements[0]?.Principal).toEqual({ AWS: ["arn:aws-cn:iam::444455556666:root"] });
});

test("fails when the policy of a repository is longer than ECR takes", () => {
  const definitions = sharedWith(400);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app: found "1 policy statements"; its policy would have 13364 characters, and ECR allows 10240; grant access to an organization, to accounts instead of their roles, or use fewer accounts and statements]`,
  );
});

test("fails when statements of several kinds are together longer than ECR takes", () => {
  const definitions = sharedWith(150, { enableLambdaPull: true });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app: found "3 policy statements"; its policy would have 13243 characters, and ECR allows 10240; grant access to an organization, to accounts instead of their roles, or use fewer accounts and statements]`,
  );
});

test("a policy may be as long as ECR takes, and no longer", () => {
  const lengthWith = (count: number) =>
    repositoryPolicy(statementsOf({ enableCrossAccountAccess: true, allowedAccountIds: accounts(count) }))
      .length;
  const perAccount = lengthWith(2) - lengthWith(1);
  const most = 1 + Math.floor((10_240 - lengthWith(1)) / perAccount);

  expect(lengthWith(most)).toBeLessThanOrEqual(10_240);
  expect(loadEnvironments(sharedWith(most))).toHaveLength(1);
  expect(() => loadEnvironments(sharedWith(most + 1))).toThrow("and ECR allows 10240");
});

test("fails with the length of a policy beside the problems of other files", () => {
  const definitions = { ...only({ ...minimal, name: "wrong", accountId: "1" }), ...sharedWith(400) };

  expect(() => loadEnvironments(definitions)).toThrow(
    /^environments\/wrong\.ts: accountId: .*\nenvironments\/test\.ts: ecr\.repositories\.app: found "1 policy statements"; .*$/,
  );
});
