import { App, TerraformStack, Testing } from "cdktf";
import { expect, test } from "vitest";
import {
  SecretModule,
  type SecretModuleProps,
  secretBoundary,
} from "../../../../modules/secrets/secret-module";

const props: SecretModuleProps = {
  name: "acme-test/db-password",
  description: "Password of the database",
  kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd",
  recoveryWindowInDays: 7,
  accountId: "111122223333",
  preventDestroy: true,
};

function resources(change: Partial<SecretModuleProps> = {}) {
  const stack = new TerraformStack(new App(), "security-test");
  new SecretModule(stack, "secret", { ...props, ...change });
  return JSON.parse(Testing.synth(stack)).resource;
}

test("a secret has a key, a recovery window and protection from destruction", () => {
  const { aws_secretsmanager_secret: secrets } = resources();

  expect(Object.values(secrets)).toEqual([
    {
      name: "acme-test/db-password",
      description: "Password of the database",
      kms_key_id: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd",
      recovery_window_in_days: 7,
      lifecycle: { prevent_destroy: true },
    },
  ]);
});

test("a secret for ECR is encrypted with the AWS managed key", () => {
  const { aws_secretsmanager_secret: secrets } = resources({ kmsKeyArn: "aws/secretsmanager" });

  expect(Object.values(secrets)[0]).not.toHaveProperty("kms_key_id");
});

test("a secret has a policy and no version, because a version would contain its value", () => {
  expect(Object.keys(resources()).toSorted()).toEqual([
    "aws_secretsmanager_secret",
    "aws_secretsmanager_secret_policy",
  ]);
});

test("a secret denies other accounts and unencrypted connections, and rejects a public policy", () => {
  const [policy] = Object.values<{ policy: string; block_public_policy: boolean }>(
    resources().aws_secretsmanager_secret_policy,
  );

  expect(policy?.block_public_policy).toBe(true);
  expect(JSON.parse(policy?.policy ?? "")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OwnAccountOnly",
        Effect: "Deny",
        Principal: "*",
        Action: ["secretsmanager:*"],
        Resource: "*",
        Condition: {
          StringNotEquals: { "aws:PrincipalAccount": "111122223333" },
          Bool: { "aws:PrincipalIsAWSService": "false" },
        },
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: ["secretsmanager:*"],
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
});

test("the boundary of a secret allows nothing", () => {
  expect(secretBoundary("111122223333").map(({ Effect }) => Effect)).toEqual(["Deny", "Deny"]);
});
