import { expect, test } from "vitest";
import { statePermission } from "../../../../modules/ci/state-permission";

test("states that are encrypted with a KMS key are read and written with it, through S3 only", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1";
  const key = statePermission(
    {
      partition: "aws",
      bucket: "acme-tfstate",
      region: "eu-west-1",
      keys: ["a/terraform.tfstate"],
      kmsKeyArn,
    },
    "read",
  ).find(({ Sid }) => Sid === "DecryptStates");

  expect(key).toEqual({
    Sid: "DecryptStates",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: kmsKeyArn,
    Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
  });
});
