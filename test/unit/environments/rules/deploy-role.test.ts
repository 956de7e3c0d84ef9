import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { minimal, only } from "../../../support/environments/minimal";

const arn = "arn:aws:iam::111122223333:role/platform/deploy";

const load = (change: Partial<EnvironmentInput>) => loadEnvironments(only({ ...minimal, ...change }));

const trust = [{ github: "acme/platform", branch: "main" }];

test("a role of the account, with what its trust policy requires, is accepted", () => {
  const [environment] = load({ deployRole: { arn, externalId: "a:b/c", sessionName: "ana@acme" } });

  expect(environment?.deployRole).toEqual({ arn, externalId: "a:b/c", sessionName: "ana@acme" });
});

test("fails when the role is in another account, or in another partition", () => {
  expect(() =>
    load({ deployRole: { arn: "arn:aws:iam::999988887777:role/deploy" } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: deployRole.arn: found "arn:aws:iam::999988887777:role/deploy"; the role must be in the environment's account, 111122223333; use a role of that account]`,
  );
  expect(() =>
    load({ deployRole: { arn: "arn:aws-cn:iam::111122223333:role/deploy" } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: deployRole.arn: found "arn:aws-cn:iam::111122223333:role/deploy"; this is in the partition aws-cn, and the environment in aws, which do not share resources; use an ARN that starts with arn:aws:]`,
  );
});

test("fails when STS would refuse a part", () => {
  expect(() =>
    load({
      deployRole: {
        arn: "arn:aws:sts::111122223333:assumed-role/deploy/ana",
        externalId: "a",
        sessionName: "a b",
      },
    }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: deployRole.arn: found "arn:aws:sts::111122223333:assumed-role/deploy/ana"; this must be the ARN of an IAM role, without empty parts in its path; use arn:aws:iam::<account>:role/<name>
    environments/test.ts: deployRole.externalId: found "a"; an external ID has 2 to 1224 letters, digits and _+=,.@:/-, without spaces; use the value in the trust policy of the role
    environments/test.ts: deployRole.sessionName: found "a b"; a session name has 2 to 64 letters, digits and _+=,.@-, without spaces; use a name such as ecr-platform]
  `);
});

test("fails when pipelines of this project would plan or deploy: they would need a second role", () => {
  expect(() =>
    load({
      deployRole: { arn },
      state: { backend: "s3", bucket: "acme-tfstate" },
      security: { ci: { github: {}, plan: { trust }, deploy: { trust } } },
    }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: security.ci.plan: found {"trust":[{"github":"acme/platform","branch":"main","pullRequest":false}]}; with deployRole, Terraform assumes a second role, so anyone who can plan could also deploy; remove deployRole, or let pipelines that you define elsewhere assume it
    environments/test.ts: security.ci.deploy: found {"trust":[{"github":"acme/platform","branch":"main","pullRequest":false}],"workloadActions":[]}; with deployRole, Terraform assumes a second role, which this role is not allowed to assume; remove deployRole, or let pipelines that you define elsewhere assume it]
  `);
});

test("pipelines that push never run Terraform", () => {
  const ci = { github: {}, push: { app: { repositories: ["app"], trust } } };

  expect(load({ deployRole: { arn }, security: { ci }, ecr: { repositories: { app: {} } } })).toHaveLength(1);
});

test("fails when environments that share a registry name different roles, in account and replica Regions", () => {
  const a = { ...minimal, name: "a", deployRole: { arn, sessionName: "ana" } } as const;
  const b = { ...minimal, name: "b", deployRole: { arn, externalId: "x1", sessionName: "bob" } } as const;
  const c = { ...minimal, name: "c", deployRole: { arn, sessionName: "cleo" } } as const;
  const d: EnvironmentInput = {
    ...{ ...minimal, name: "d", region: "eu-west-2" },
    ecr: {
      repositories: {
        app: { enableReplication: true, replicationDestinations: [{ region: "eu-west-1" }] },
      },
    },
  };

  expect(() =>
    loadEnvironments({ ...only(a), ...only(b), ...only(c), ...only(d) }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/b.ts: deployRole: found "arn:aws:iam::111122223333:role/platform/deploy, external ID x1"; environments/a.ts shares the registry of 111122223333 in eu-west-1, whose stack one role deploys, and has arn:aws:iam::111122223333:role/platform/deploy; use the same deployRole in both
    environments/d.ts: deployRole: found "no deployRole"; environments/a.ts shares the registry of 111122223333 in eu-west-1, whose stack one role deploys, and has arn:aws:iam::111122223333:role/platform/deploy; use the same deployRole in both]
  `);
});
