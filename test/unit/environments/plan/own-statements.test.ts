import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ownStatements,
  pastedPolicy,
  type StatementOptions,
} from "../../../../environments/plan/own-statements";
import { RepositoryGrants } from "../../../../modules/ecr/access/repository-grants";
import { repositoryStatementProblems } from "../../../../modules/ecr/access/repository-statement";
import type { ResourceStatement } from "../../../../modules/iam/policy-document";
import { statementFrom } from "../../../../modules/iam/statement-parts";
import { anyCall, anyStatement, type MeantStatement } from "../../../support/ecr/any-statement";
import { decide } from "../../../support/iam-evaluator";
import { runs } from "../../../support/property-runs";

/** A list of one without its brackets. */
const bare = <T>(list: readonly T[]): T | readonly T[] => (list.length === 1 && list[0] ? list[0] : list);

/** The statement in IAM's JSON, written by the test's own means. */
function asJson(meant: MeantStatement): Record<string, unknown> {
  const principals: Record<string, string[]> = {};
  for (const { type, id } of meant.principals) principals[type] = [...(principals[type] ?? []), id];
  const condition: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of meant.conditions)
    condition[operator] = { ...condition[operator], [key]: bare(values) };
  return {
    ...(meant.sid !== undefined && { Sid: meant.sid }),
    Effect: meant.effect,
    [meant.notPrincipals ? "NotPrincipal" : "Principal"]: "*" in principals ? "*" : principals,
    [meant.notActions ? "NotAction" : "Action"]: bare(meant.actions),
    ...(meant.conditions.length > 0 && { Condition: condition }),
  };
}

/** The statement with the keys of the options. */
function asOptions(meant: MeantStatement): object {
  const principals = meant.principals.map(({ type, id }) => ({ type, identifiers: [id] }));
  return {
    ...(meant.sid !== undefined && { sid: meant.sid }),
    effect: meant.effect,
    [meant.notPrincipals ? "notPrincipals" : "principals"]: principals,
    [meant.notActions ? "notActions" : "actions"]: meant.actions,
    conditions: meant.conditions.map(({ operator, key, values }) => ({
      test: operator,
      variable: key,
      values,
    })),
  };
}

/** The statements of the policy that is deployed for the options of a repository. */
function deployed(options: StatementOptions): ResourceStatement[] {
  const grants = new RepositoryGrants({ name: "app", accountId: "111122223333", region: "eu-west-1" });
  expect(pastedPolicy(options).problems).toEqual([]);
  for (const statement of ownStatements(options)) {
    expect(repositoryStatementProblems(statement, "aws")).toEqual([]);
    grants.addToPolicy(statementFrom(statement));
  }
  return JSON.parse(grants.text()).Statement;
}

test("the deployed policy decides every call as the statements do that were written, in each form", () => {
  const statements = fc.array(anyStatement, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(statements, fc.array(anyCall, { minLength: 10, maxLength: 10 }), (meant, calls) => {
      const written = meant.map(asJson);
      const forms: StatementOptions[] = [
        { repositoryPolicy: { Version: "2012-10-17", Statement: written } },
        { repositoryPolicy: JSON.stringify({ Version: "2012-10-17", Statement: bare(written) }) },
        { repositoryPolicyStatements: meant.map(asOptions) },
      ];
      const wanted = calls.map((call) => decide(written as unknown as ResourceStatement[], call));
      for (const policy of forms.map(deployed))
        expect(calls.map((call) => decide(policy, call))).toEqual(wanted);
    }),
    { numRuns: runs(300) },
  );
});

test("the property is tried on calls of every outcome and on every kind of condition", () => {
  const samples = fc.sample(fc.tuple(anyStatement, anyCall), { numRuns: 1500, seed: 1 });
  const outcomes = samples.map(([meant, call]) =>
    decide([asJson(meant)] as unknown as ResourceStatement[], call),
  );
  const operators = new Set(
    samples.flatMap(([{ conditions }]) => conditions.map(({ operator }) => operator)),
  );

  for (const outcome of ["allowed", "denied", "not allowed"])
    expect(outcomes.filter((one) => one === outcome).length).toBeGreaterThan(100);
  expect(operators.size).toBe(21);
});

test("no condition is lost, whatever its key is called", () => {
  const policy = (key: string) => ({
    repositoryPolicyStatements: [
      {
        effect: "Allow" as const,
        actions: ["ecr:BatchGetImage"],
        principals: [{ type: "AWS" as const, identifiers: ["444455556666"] }],
        conditions: [{ test: "StringEquals", variable: key, values: ["1"] }],
      },
    ],
  });
  const strange = ["__proto__", "constructor", "toString", "aws:PrincipalTag/__proto__"];

  for (const key of strange)
    expect(
      ownStatements(policy(key)).map((statement) => JSON.stringify(statementFrom(statement).Condition)),
    ).toEqual([`{"StringEquals":{"${key}":["1"]}}`]);
});
