import { expect, test } from "vitest";
import { replicaPermission } from "../../../../modules/ci/replica-permission";
import { type Call, isAllowed } from "../../../support/iam-evaluator";
import { acmeTest } from "../../../support/managed-environment";

const statements = replicaPermission(acmeTest, ["us-west-2", "eu-central-1"]);
const arn = (service: string, resource: string, region = "us-west-2") =>
  `arn:aws:${service}:${region}:111122223333:${resource}`;
const here = { "aws:RequestedRegion": "us-west-2" };
const ours = { "aws:ResourceTag/Project": "acme", "aws:ResourceTag/Environment": "test" };
const throughEcr = { "kms:ViaService": "ecr.us-west-2.amazonaws.com" };

const call = (action: string, resource: string, context: NonNullable<Call["context"]> = here): Call => ({
  ...{ action, resource, context },
});

test.each([
  call("ecr:CreateRepository", arn("ecr", "repository/acme-test-app")),
  call("ecr:SetRepositoryPolicy", arn("ecr", "repository/acme-test-app")),
  call("ecr:PutLifecyclePolicy", arn("ecr", "repository/acme-test-app", "eu-central-1"), {
    "aws:RequestedRegion": "eu-central-1",
  }),
  call("kms:PutKeyPolicy", arn("kms", "key/1"), { ...here, ...ours }),
  call("kms:CreateAlias", arn("kms", "alias/acme-test-ecr")),
  call("kms:CreateGrant", arn("kms", "key/1"), { ...ours, ...throughEcr }),
])("a deploy may call $action on $resource of a Region with replicas", (allowed) => {
  expect(isAllowed(statements, allowed)).toBe(true);
});

test.each([
  call("ecr:CreateRepository", arn("ecr", "repository/acme-test-app", "us-east-2"), {
    "aws:RequestedRegion": "us-east-2",
  }),
  call("ecr:DeleteRepository", arn("ecr", "repository/acme-other-app")),
  call("ecr:PutImage", arn("ecr", "repository/acme-test-app")),
  call("kms:PutKeyPolicy", arn("kms", "key/1"), { ...here, "aws:ResourceTag/Project": "other" }),
  call("kms:PutKeyPolicy", arn("kms", "key/1", "us-east-2"), {
    ...ours,
    "aws:RequestedRegion": "us-east-2",
  }),
  call("kms:UpdateAlias", arn("kms", "alias/other-ecr")),
  call("kms:Decrypt", arn("kms", "key/1"), { ...here, ...ours }),
  call("kms:Decrypt", arn("kms", "key/1"), {
    ...ours,
    "kms:ViaService": "secretsmanager.us-west-2.amazonaws.com",
  }),
])("a deploy may not call $action on $resource, with $context", (denied) => {
  expect(isAllowed(statements, denied)).toBe(false);
});
