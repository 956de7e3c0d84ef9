import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { registryPlans } from "../../../../environments/plan/registry-plan";
import { registryWideSettings } from "../../../../environments/plan/registry-wide";
import type { Statement } from "../../../../modules/iam/policy-document";
import { minimal, only } from "../../../support/environments/minimal";
import { isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const registry = "registry-111122223333-eu-west-1";
const context = { awsProviderVersion: "6.29.0" };

const definitions = (ecr: EnvironmentInput["ecr"] = {}) =>
  only({
    ...minimal,
    tags: { CostCenter: "1" },
    ecr: {
      encryptionType: "KMS",
      creationTemplates: {
        "team/tools": {
          appliedFor: ["REPLICATION", "CREATE_ON_PUSH"],
          imageTagMutability: "IMMUTABLE",
          maxImageCount: 7,
        },
        "acme-test-previews": { appliedFor: ["CREATE_ON_PUSH"] },
      },
      ...ecr,
    },
  });

const stacks = synth({ ...definitions(), ...only({ ...minimal, name: "other" }) }, context);

const published = (name: string) => `\${data.terraform_remote_state.security_test.outputs.${name}}`;

test("each template has the encryption, the tags and the lifecycle policy of the environment's repositories", () => {
  const templates = stacks[registry]?.["resource"].aws_ecr_repository_creation_template;

  expect(templates["by_prefix_team--tools"]).toEqual({
    prefix: "team/tools",
    description: "Repositories that ECR creates for acme test",
    applied_for: ["CREATE_ON_PUSH", "REPLICATION"],
    custom_role_arn: published("ecr_template_role_arn"),
    image_tag_mutability: "IMMUTABLE",
    encryption_configuration: [{ encryption_type: "KMS", kms_key: published("ecr_kms_key_arn") }],
    lifecycle_policy: expect.objectContaining({
      rules: [expect.objectContaining({ selection: expect.objectContaining({ countNumber: 7 }) })],
    }),
    resource_tags: {
      CostCenter: "1",
      Project: "acme",
      Environment: "test",
      Layer: "registry",
      ManagedBy: "cdktf",
    },
  });
  expect(Object.keys(templates)).toEqual(["by_prefix_acme-test-previews", "by_prefix_team--tools"]);
});

test("a template for replication alone has that in every provider", () => {
  const ecr = {
    encryptionType: "AES256",
    creationTemplates: { ROOT: { appliedFor: ["REPLICATION"] } },
  } as const;
  const json = synth(definitions(ecr as never), { awsProviderVersion: "5.100.0" })[registry];

  expect(json?.["resource"].aws_ecr_repository_creation_template.by_prefix_ROOT).toMatchObject({
    prefix: "ROOT",
    applied_for: ["REPLICATION"],
    encryption_configuration: [{ encryption_type: "AES256" }],
  });
});

test("the role creates repositories of the environment and of the prefixes, and nothing else", () => {
  const policies: StackJson[] = Object.values(stacks["security-test"]?.["resource"].aws_iam_role_policy);
  const [policy] = policies.filter(({ name }) => name === "acme-test-ecr-template");
  const statements: Statement[] = policy?.["policy"].Statement;
  const can = (name: string) =>
    isAllowed(statements, {
      action: "ecr:CreateRepository",
      resource: `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`,
    });

  expect(can("acme-test-previews/a")).toBe(true);
  expect(can("team/tools/a")).toBe(true);
  expect(can("team/other")).toBe(false);
  expect(can("acme-prod-app")).toBe(false);
});

test("the key lets the role encrypt, and an environment without templates and caches has no such role", () => {
  expect(JSON.stringify(stacks["security-test"]?.["resource"].aws_kms_key)).toContain("UseByTemplateRole");
  expect(JSON.stringify(stacks["security-other"])).not.toContain("ecr-template");
});

test("the explanation of the registry names each template and each cache with its file", () => {
  const environments = loadEnvironments(
    definitions({ pullThroughCache: { quay: { upstream: "quay" } } }),
    "6.29.0",
  );
  const [plan] = registryPlans(environments);

  expect(plan && registryWideSettings(plan)).toEqual([
    { setting: "cache acme-test-quay", value: "quay", files: ["environments/test.ts"] },
    { setting: "template team/tools", value: "CREATE_ON_PUSH, REPLICATION", files: ["environments/test.ts"] },
    { setting: "template acme-test-previews", value: "CREATE_ON_PUSH", files: ["environments/test.ts"] },
  ]);
});
