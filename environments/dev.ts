import { defineEnvironment } from "./environment";

export const dev = defineEnvironment({
  name: "dev",
  project: "myproject",
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "s3", bucket: "myproject-dev-tfstate-123456789012" },
  ecr: {
    encryptionType: "AES256",
    enableScanFindingsLogging: false,
    repositories: {
      "web-app": {
        imageTagMutability: "MUTABLE",
        scanOnPush: true,
        maxImageCount: 50,
      },
      "api-service": {
        imageTagMutability: "MUTABLE",
        scanOnPush: true,
        maxImageCount: 30,
      },
      worker: {
        imageTagMutability: "MUTABLE",
        scanOnPush: true,
        maxImageCount: 20,
      },
      "lambda-processor": {
        imageTagMutability: "MUTABLE",
        scanOnPush: true,
        maxImageCount: 10,
        enableLambdaPull: true,
      },
    },
  },
});
