import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { repositoryMatrix } from "../../../../scripts/diagram/repository-matrix";
import { minimal, only } from "../../../support/environments/minimal";

const account = (id: string) => [{ type: "AWS" as const, identifiers: [`arn:aws:iam::${id}:root`] }];

test("the table has denials, replicas, and what ECR creates for caches and templates", () => {
  const environments = loadEnvironments(
    only({
      ...minimal,
      ecr: {
        repositories: {
          app: {
            ...{ maxImageCount: 9, enableReplication: true },
            replicationDestinations: [{ region: "eu-central-1" }],
            repositoryPolicyStatements: [
              { actions: ["ecr:BatchGetImage"], principals: account("444455556666") },
              { effect: "Deny", notActions: ["ecr:PutImage"], principals: account("777788889999") },
            ],
          },
        },
        pullThroughCache: {
          quay: { upstream: "quay", pullRoleArns: ["arn:aws:iam::111122223333:role/importer"] },
        },
        creationTemplates: { ROOT: { appliedFor: ["REPLICATION"] } },
      },
    }),
  );
  const [environment] = environments;
  if (environment === undefined) throw new Error("no environment was loaded");

  expect(
    repositoryMatrix(environment, environments).rows.map((row) => row.join(" | ")),
  ).toMatchInlineSnapshot(`
    [
      "acme-test-app | MUTABLE | BASIC SCAN_ON_PUSH | 111122223333 in eu-central-1 | any: imageCountMoreThan 9 | account 444455556666; not account 777788889999 | -",
      "acme-test-app in eu-central-1 | MUTABLE | BASIC SCAN_ON_PUSH | - | any: imageCountMoreThan 9 | account 444455556666; not account 777788889999 | -",
      "acme-test-quay/* (created by ECR) | MUTABLE | BASIC MANUAL | - | any: imageCountMoreThan 100 | role arn:aws:iam::111122223333:role/importer | -",
      "any other name (created by ECR) | MUTABLE | - | - | any: imageCountMoreThan 100 | - | -",
    ]
  `);
});
