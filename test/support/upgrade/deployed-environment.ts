import type { EnvironmentInput } from "../../../environments/options/environment";

/** The environment whose states are in `states/`. If it changes, the states of earlier versions say nothing any more. */
export const deployedEnvironment = {
  name: "dev",
  project: "myproject",
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "local" },
  security: { secrets: { "api-token": {} } },
  network: {
    kind: "own",
    cidr: "10.10.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "single",
  },
  ecr: {
    encryptionType: "KMS",
    enableScanFindingsLogging: true,
    enableDashboard: true,
    alerts: { severities: ["CRITICAL"], emails: ["security@example.com"] },
    repositories: {
      "web-app": { imageTagMutability: "IMMUTABLE", maxImageCount: 50, protectedTags: ["release-*"] },
      resize: {
        imageTagMutability: "IMMUTABLE",
        enableLambdaPull: true,
        enableCrossAccountAccess: true,
        allowedAccountIds: ["222233334444"],
      },
    },
  },
  ecs: {
    services: {
      "web-app": {
        image: { repository: "web-app", awaitsFirstPush: true },
        port: 8080,
        secrets: { API_TOKEN: "api-token" },
      },
    },
  },
  lambda: { functions: { resize: { image: { repository: "resize", awaitsFirstPush: true } } } },
} as const satisfies EnvironmentInput;

/** Its stacks, in the order of deployment. */
export const deployedStacks = [
  "security-dev",
  "network-dev",
  "registry-123456789012-us-east-1",
  "compute-dev",
] as const;
