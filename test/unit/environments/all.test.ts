import { expect, test } from "vitest";
import { definitions } from "../../../environments/all";
import { loadEnvironments } from "../../../environments/load";

test("the shipped development environment has the guide's values", () => {
  const dev = loadEnvironments(definitions).find(({ name }) => name === "dev");

  expect(dev).toMatchObject({
    tier: "development",
    deletionProtection: false,
    ecr: {
      encryptionType: "AES256",
      enableScanFindingsLogging: false,
      repositories: {
        "web-app": {
          imageTagMutability: "MUTABLE",
          scanOnPush: true,
          enableEnhancedScanning: false,
          maxImageCount: 50,
          enableCrossAccountAccess: false,
        },
        "api-service": { imageTagMutability: "MUTABLE", scanOnPush: true, maxImageCount: 30 },
        worker: {},
        "lambda-processor": { enableLambdaPull: true },
      },
    },
  });
});

test("the shipped production environment has the guide's values", () => {
  const prod = loadEnvironments(definitions).find(({ name }) => name === "prod");

  expect(prod).toMatchObject({
    tier: "production",
    deletionProtection: true,
    ecr: {
      encryptionType: "KMS",
      enableScanFindingsLogging: true,
      logRetentionDays: 90,
      repositories: {
        "web-app": {
          imageTagMutability: "IMMUTABLE",
          scanOnPush: true,
          enableEnhancedScanning: true,
          scanFrequency: "CONTINUOUS_SCAN",
          maxImageCount: 100,
          enableCrossAccountAccess: true,
          allowedAccountIds: ["123456789012", "210987654321"],
          enableReplication: true,
          replicationDestinations: expect.arrayContaining([{ region: "us-west-2" }]),
        },
      },
    },
  });
});
