import { defineEnvironment } from "../../../environments/environment";

/** The development environment of the guide, in the account 123456789012. */
export const guideDev = defineEnvironment({
  name: "dev",
  project: "myproject",
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "s3", bucket: "myproject-dev-tfstate-123456789012" },
  security: { secrets: { "api-token": { description: "Token with which api-service calls its partner" } } },
  network: {
    kind: "own",
    cidr: "10.10.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "single",
  },
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
  ecs: {
    services: {
      "web-app": { image: { repository: "web-app", awaitsFirstPush: true }, port: 8080 },
      "api-service": {
        image: { repository: "api-service", awaitsFirstPush: true },
        port: 8080,
        secrets: { API_TOKEN: "api-token" },
      },
    },
  },
  lambda: {
    functions: {
      "lambda-processor": {
        image: { repository: "lambda-processor", awaitsFirstPush: true },
        environment: { ENV: "development" },
      },
    },
  },
});
