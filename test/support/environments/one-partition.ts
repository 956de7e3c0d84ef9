import { type Definition, defineEnvironment } from "../../../environments/environment";
import type { EnvironmentInput } from "../../../environments/options/environment";
import { supportsPullThroughCache } from "../../../environments/plan/pull-through-caches";
import { partitionOf } from "../../../modules/iam/aws-partition";

const accountId = "222233334444";

/** A small environment that has every layer and kind of consumer, in a Region of any partition. */
export function oneOfEverything(
  region: string,
  replicaRegion: string | undefined,
): Record<string, Definition> {
  const arn = `arn:${partitionOf(region)}:iam::${accountId}:role`;
  const trust = [{ github: "acme/platform", branch: "main" }];
  const options: EnvironmentInput = {
    ...{ name: "here", project: "acme", accountId, region, tier: "development" },
    deployRole: { arn: `${arn}/deploy` },
    state: { backend: "s3", bucket: "acme-here-tfstate" },
    security: {
      secrets: { token: { description: "Token" } },
      ci: { github: {}, push: { app: { repositories: ["app"], trust } } },
    },
    network: {
      ...{ kind: "own", cidr: "10.0.0.0/16", availabilityZones: [`${region}a`, `${region}b`] },
      endpoints: ["ecr.api", "ecr.dkr", "s3", "logs", "secretsmanager", "kms", "sts"],
      flowLogs: {},
    },
    ecr: {
      ...{ encryptionType: "KMS", enableScanFindingsLogging: true, enableDashboard: true },
      alerts: { severities: ["CRITICAL"] },
      ...(supportsPullThroughCache(region) && { pullThroughCache: { quay: { upstream: "quay" } } }),
      repositories: {
        app: {
          ...{ enableLambdaPull: true, pullRoleArns: [`${arn}/reader`] },
          ...{ enableCrossAccountAccess: true, allowedAccountIds: ["333344445555"] },
          ...(replicaRegion !== undefined && {
            ...{ enableReplication: true, replicationDestinations: [{ region: replicaRegion }] },
          }),
        },
      },
    },
    ecs: {
      services: {
        web: { image: { repository: "app", tag: "v1" }, port: 8080, secrets: { TOKEN: "token" } },
      },
    },
    lambda: { functions: { job: { image: { repository: "app", tag: "v1" } } } },
    eks: {
      kubernetesVersion: "1.33",
      nodeGroups: { main: { instanceTypes: ["m5.large"] } },
      deployments: { api: { image: { repository: "app", tag: "v1" } } },
    },
  };
  return { "environments/here.ts": defineEnvironment(options) };
}
