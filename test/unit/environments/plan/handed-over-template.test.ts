import type { CreateRepositoryCreationTemplateRequest } from "@aws-sdk/client-ecr";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { handedOverTemplate } from "../../../../environments/plan/handed-over-template";
import { minimal, only } from "../../../support/environments/minimal";
import type { EcrInput } from "../../../support/environments/one-repository";

const there = { accountId: "444455556666", region: "us-west-2" };
const replicated = {
  enableReplication: true,
  replicationDestinations: [{ region: "us-west-2", registryId: "444455556666" }],
};

function templateFor(ecr: EcrInput) {
  const [environment] = loadEnvironments(only({ ...minimal, ecr }));
  if (environment === undefined) throw new Error("there is one environment");
  return handedOverTemplate(environment, there);
}

test("the template has what the repositories have in common, and its role what ECR needs", () => {
  const options = { ...replicated, imageTagMutability: "IMMUTABLE", maxImageCount: 30 } as const;

  const found = templateFor({
    encryptionType: "KMS",
    repositories: { web: options, api: options, base: {} },
  });

  // It is what the AWS API accepts.
  const input: CreateRepositoryCreationTemplateRequest | undefined = found?.template;
  expect({ ...input, lifecyclePolicy: undefined }).toEqual({
    prefix: "ROOT",
    description: "Replicas of acme test",
    appliedFor: ["REPLICATION"],
    encryptionConfiguration: {
      encryptionType: "KMS",
      kmsKey: "<ARN of a KMS key in account 444455556666, us-west-2>",
    },
    customRoleArn: "<ARN of a role in account 444455556666 with the policies of templateRole>",
    imageTagMutability: "IMMUTABLE",
  });
  expect(JSON.parse(input?.lifecyclePolicy ?? "").rules.at(-1).selection.countNumber).toBe(30);
  expect(found?.notes).toEqual([]);
  expect(JSON.stringify(found?.templateRole)).toContain(
    '"Resource":"arn:aws:ecr:us-west-2:444455556666:repository/acme-test-*"',
  );
  expect(JSON.stringify(found?.templateRole)).toContain("kms:CreateGrant");
});

test("a setting in which the repositories differ is left out, with a note that names them", () => {
  const found = templateFor({
    repositories: {
      web: { ...replicated, imageTagMutability: "IMMUTABLE" },
      api: { ...replicated, maxImageCount: 5 },
    },
  });

  expect(found?.template).toEqual({
    prefix: "ROOT",
    description: "Replicas of acme test",
    appliedFor: ["REPLICATION"],
    encryptionConfiguration: { encryptionType: "AES256" },
  });
  expect(found?.notes).toEqual([
    "web, api differ in tag mutability, and a template has one: create these repositories before the first push",
    "web, api differ in their lifecycle policy, and a template has one: create these repositories before the first push",
  ]);
});

test("rules by last pull do not act in the replicas", () => {
  const archiving = {
    rulePriority: 1,
    selection: { tagStatus: "any", countType: "sinceImagePulled", countUnit: "days", countNumber: 30 },
    action: { type: "transition", targetStorageClass: "archive" },
  };
  const lifecyclePolicy = JSON.stringify({ rules: [archiving] });

  const found = templateFor({ repositories: { web: { ...replicated, lifecyclePolicy } } });

  expect(found?.template.lifecyclePolicy).toContain("Only in the source: archive by last pull");
});

test("repositories that are created elsewhere need no template of this project", () => {
  expect(templateFor({ unmanagedRepositories: { legacy: replicated } })).toBeUndefined();
});
