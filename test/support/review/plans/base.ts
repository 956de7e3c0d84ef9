import type { EnvironmentInput } from "../../../../environments/options/environment";

type Options = Omit<EnvironmentInput, "name" | "accountId" | "region" | "tier" | "state">;

/** Options of environments by name, without those that all environments of the emulator share. */
export type Environments = Readonly<Record<string, Options & { readonly tier?: "production" }>>;

/** Digests that images got when they were pushed, and a certificate. */
export interface Given {
  readonly digests: Readonly<Record<string, string>>;
  readonly certificateArn: string;
}

/** Repositories whose images something runs. */
export const runRepositories = ["web-app", "worker", "resize"] as const;

/**
 * What is deployed before the edits: an environment with one of everything that teams usually have, and a second one in the
 * same registry. Before images are pushed, the consumers wait for them.
 */
export function baseEnvironments({ digests, certificateArn }: Given): Environments {
  const image = (repository: string) => ({
    repository,
    ...(digests[repository] === undefined ? { awaitsFirstPush: true } : { digest: digests[repository] }),
  });
  return {
    dev: {
      project: "acme",
      tags: { Team: "shop" },
      security: {
        secrets: { "api-token": {}, "db-password": {} },
        ci: {
          push: { app: { repositories: ["web-app"], trust: [{ github: "acme/web-app", branch: "main" }] } },
        },
      },
      network: {
        ...{ kind: "own", cidr: "10.20.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
        ...{ natGateways: "single", endpoints: ["ecr.api", "ecr.dkr", "s3", "logs"] },
      },
      ecr: {
        encryptionType: "KMS",
        enableScanFindingsLogging: true,
        logRetentionDays: 90,
        alerts: { severities: ["CRITICAL"] },
        repositories,
      },
      ecs: {
        logRetentionDays: 90,
        services: {
          web: {
            image: image("web-app"),
            port: 8080,
            environment: { LOG_LEVEL: "info" },
            secrets: { API_TOKEN: "api-token" },
            autoscaling: { minCount: 2, maxCount: 4 },
            loadBalancer: { certificateArn, allowedCidrBlocks: ["203.0.113.0/24"] },
          },
          worker: { image: image("worker") },
        },
      },
      lambda: {
        functions: {
          resize: {
            image: image("resize"),
            logRetentionDays: 90,
            secrets: { DB_PASSWORD_ARN: "db-password" },
          },
        },
      },
    },
    qa: {
      project: "acme",
      ecr: {
        repositories: { "web-app": { enableEnhancedScanning: true, scanFrequency: "CONTINUOUS_SCAN" } },
      },
    },
  };
}

type Repositories = NonNullable<NonNullable<EnvironmentInput["ecr"]>["repositories"]>;

const enhanced = { enableEnhancedScanning: true } as const;

const repositories = {
  "web-app": {
    ...enhanced,
    imageTagMutability: "IMMUTABLE",
    scanFrequency: "CONTINUOUS_SCAN",
    maxImageCount: 50,
    enableCrossAccountAccess: true,
    allowedAccountIds: ["210987654321"],
    enableReplication: true,
    replicationDestinations: [{ region: "us-west-2" }],
  },
  api: {
    ...enhanced,
    imageTagMutability: "IMMUTABLE",
    protectedTags: ["release-*"],
    untaggedExpiryDays: 14,
    maxImageCount: 30,
    repositoryPolicyStatements: [
      {
        sid: "PartnerPull",
        actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        principals: [{ type: "AWS", identifiers: ["arn:aws:iam::345678901234:root"] }],
        conditions: [{ test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-a1b2c3d4e5"] }],
      },
      {
        sid: "NoDeletion",
        effect: "Deny",
        actions: ["ecr:BatchDeleteImage"],
        principals: [{ type: "AWS", identifiers: ["arn:aws:iam::345678901234:root"] }],
      },
    ],
  },
  worker: { ...enhanced, maxImageCount: 20 },
  resize: { ...enhanced, maxImageCount: 20, enableLambdaPull: true },
  legacy: { ...enhanced, maxImageCount: 10 },
} satisfies Repositories;
