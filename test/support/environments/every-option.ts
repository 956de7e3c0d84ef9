import type { EnvironmentInput } from "../../../environments/options/environment";
import { since } from "../../../environments/plan/provider-version";
import { everyConsumer } from "../every-consumer";
import { minimal } from "./minimal";
import type { RepositoryInput } from "./one-repository";

const accountId = "222233334444";
const image = { repository: "app", tag: "v1" };
const { security, ecr, ecs, lambda, eks } = everyConsumer;
const certificateArn = `arn:aws:acm:eu-central-1:${accountId}:certificate/0123abcd-ef`;

/** What the environment of another project requests, which has the account and Region of `everyConsumer`. */
const otherRequests = {
  format: 1,
  project: "shop",
  environment: "live",
  accountId,
  region: "eu-central-1",
  repositories: {},
  unmanagedRepositories: {},
  pullThroughCaches: {},
  replicationSources: {},
  allowReplicaCreation: false,
  cacheReaders: {},
  accountSettings: {},
};

/** A rule that selects by one of the two lists, which exclude each other. */
function rule(
  list: "tagPatternList" | "tagPrefixList",
): NonNullable<RepositoryInput["lifecycleRules"]>[number] {
  return {
    description: "Pull requests",
    selection: { tagStatus: "tagged", [list]: ["pr-"], countType: "imageCountMoreThan", countNumber: 5 },
    action: { type: "expire" },
  };
}

/** Every list and map of objects has an entry here, so that a test can put a value at every place: see `placeIn`. */
const everyOption: EnvironmentInput = {
  ...everyConsumer,
  tier: "development",
  security: {
    ...security,
    kms: {
      administrators: [
        `arn:aws:iam::${accountId}:role/admin`,
        `arn:aws:iam::${accountId}:role/acme-full-ci-deploy`,
      ],
    },
    ci: {
      ...security?.ci,
      github: {},
      gitlab: { audience: "https://gitlab.com" },
      bitbucket: {
        url: "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
        audience: "ari:cloud:bitbucket::workspace/0a1b2c3d-0000-4000-8000-0123456789ab",
      },
      circleci: { organization: "0a1b2c3d-0000-4000-8000-0123456789ac" },
      buildkite: {},
      deploy: {
        trust: [
          { github: "acme/platform", branch: "main" },
          {
            bitbucket: "{0a1b2c3d-0000-4000-8000-0123456789ad}",
            environment: "{0a1b2c3d-0000-4000-8000-0123456789ae}",
          },
          { circleci: "github.com/acme/platform", branch: "main" },
          { buildkite: "acme/platform", branch: "main" },
          { roleArn: `arn:aws:iam::${accountId}:role/codebuild-platform` },
        ],
        workloadActions: ["s3:GetObject"],
      },
    },
  },
  ecr: {
    ...ecr,
    repositories: {
      app: {
        ...ecr?.repositories?.["app"],
        imageTagMutability: "MUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters: ["release-*"],
        lifecycleRules: [rule("tagPatternList")],
        tags: { Team: "shop" },
        ignoreTagChanges: true,
        repositoryPolicyStatements: [
          {
            sid: "Team",
            actions: ["ecr:BatchGetImage"],
            principals: [{ type: "AWS", identifiers: [`arn:aws:iam::${accountId}:root`] }],
            conditions: [{ test: "StringEquals", variable: "aws:PrincipalTag/team", values: ["platform"] }],
          },
        ],
      },
    },
    pullTimeExclusions: [`arn:aws:iam::${accountId}:role/scanner`],
    creationTemplates: {
      ROOT: { appliedFor: ["REPLICATION", "CREATE_ON_PUSH"], lifecycleRules: [rule("tagPatternList")] },
    },
    publicRepositories: {
      cli: {
        name: "acme/cli",
        description: "Command line",
        aboutText: "# About",
        usageText: "# Usage",
        architectures: ["x86-64"],
        operatingSystems: ["Linux"],
      },
    },
    accountSettings: {
      basicScanTypeVersion: "AWS_NATIVE",
      registryPolicyScope: "V2",
      blobMounting: "ENABLED",
    },
    unmanagedRepositories: {
      "other/tool": { enableReplication: true, replicationDestinations: [{ region: "eu-west-1" }] },
    },
    formerReplicaRegions: ["eu-north-1"],
    replicaRegistryOwners: { "eu-north-1": "this-project" },
    registryRequests: [otherRequests],
    pullThroughCache: {
      quay: { upstream: "quay", lifecycleRules: [rule("tagPrefixList")] },
      ecr: { upstream: "ecr", registryId: "555566667777", region: "eu-west-1", upstreamPrefix: "team" },
      ...ecr?.pullThroughCache,
    },
  },
  ecs: {
    ...ecs,
    services: {
      ...ecs?.services,
      web: {
        ...ecs?.services?.["web"],
        image,
        environment: { A: "a" },
        // First: a map is changed at its first entry, which must have an object to change.
        secrets: { PASSWORD: { secret: "db-password", key: "password" } },
        ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
        serviceConnect: {
          server: { alias: "shop", aliasPort: 80, protocol: "http" },
          connectsTo: ["shared"],
        },
        dependsOn: { router: "START" },
        logs: { options: { Name: "datadog" }, secretOptions: { apikey: "db-password" } },
        containers: {
          // First, as it has everything that a log router cannot have; `production` has a log router.
          proxy: {
            image,
            environment: { A: "a" },
            secrets: { KEY: { secret: "db-password", key: "key" } },
            entryPoint: ["/entrypoint.sh"],
            command: ["run"],
            healthCheckCommand: ["CMD", "check"],
            writablePaths: ["/tmp"],
            ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
            dependsOn: { router: "START" },
            logs: { options: { Name: "null" }, secretOptions: { apikey: "db-password" } },
          },
          router: { image, logRouter: { type: "fluentbit" } },
        },
        loadBalancer: { certificateArn, stickiness: { cookieName: "session" } },
        // Without requestsPerTask, which `strategy` excludes.
        autoscaling: {
          ...{ minCount: 2, maxCount: 4 },
          schedules: { night: { schedule: "cron(0 22 * * ? *)", timeZone: "Europe/Berlin", minCount: 1 } },
        },
        deployment: {
          alarms: ["acme-full-errors"],
          ownAlarms: { serverErrorPercent: 5, unhealthyMinutes: 5, cpuPercent: 95, memoryPercent: 90 },
          strategy: "canary",
          testHeader: { name: "X-Test", value: "new" },
        },
      },
    },
    loadBalancers: {
      inside: {
        certificateArns: [certificateArn],
        scheme: "internal",
        allowedCidrBlocks: ["10.40.0.0/16"],
      },
    },
    scheduledTasks: {
      report: {
        image,
        schedule: "cron(0 3 * * ? *)",
        environment: { A: "a" },
        secrets: { PASSWORD: { secret: "db-password", key: "password" } },
        entryPoint: ["/entrypoint.sh"],
        command: ["report"],
        healthCheckCommand: ["CMD", "check"],
        writablePaths: ["/tmp"],
        ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
        dependsOn: { router: "START" },
        logs: { options: { Name: "datadog" }, secretOptions: { apikey: "db-password" } },
        containers: {
          proxy: {
            image,
            environment: { A: "a" },
            secrets: { KEY: { secret: "db-password", key: "key" } },
            entryPoint: ["/entrypoint.sh"],
            command: ["run"],
            healthCheckCommand: ["CMD", "check"],
            writablePaths: ["/tmp"],
            ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
            dependsOn: { router: "START" },
            logs: { options: { Name: "null" }, secretOptions: { apikey: "db-password" } },
          },
          router: { image, logRouter: { type: "fluentbit" } },
        },
      },
    },
  },
  lambda: {
    ...lambda,
    functions: { resize: { ...lambda?.functions?.["resize"], image, alias: "live", entryPoint: ["/init"] } },
  },
  network: {
    kind: "own",
    cidr: "10.40.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
    flowLogs: {},
  },
  eks: {
    kubernetesVersion: "1.33",
    ...eks,
    autoMode: { customNodePools: ["arm64"] },
    deployments: { api: { image, podIdentity: { secrets: ["db-password"] } } },
    jobs: {
      migrate: {
        image,
        podIdentity: { secrets: ["db-password"] },
        entryPoint: ["/migrate"],
        command: ["up"],
      },
    },
    cronJobs: {
      report: {
        image,
        podIdentity: { secrets: ["db-password"] },
        schedule: "0 3 * * *",
        entryPoint: ["/report"],
        command: ["daily"],
      },
    },
    fargateProfiles: { batch: { selectors: [{ namespace: "batch", labels: { tier: "batch" } }] } },
    accessEntries: {
      [`arn:aws:iam::${accountId}:role/operators`]: {
        policy: "AmazonEKSViewPolicy",
        namespaces: ["batch"],
      },
    },
  },
  acceptedWarnings: [
    { warning: "image-in-use-may-go", reason: "images are pushed again before they expire" },
  ],
  acknowledgedChanges: [
    {
      gate: "repository-loss",
      address: "aws_ecr_repository.app",
      reason: "the images moved to another project",
      expires: "2030-01-31",
    },
  ],
};

/** What excludes an option of `everyOption`: other variants of unions, other lifecycle options, and production. */
const production: EnvironmentInput = {
  ...minimal,
  tier: "production",
  naming: { repository: "{project}/{environment}/{name}" },
  tagNames: { project: "project", environment: "environment", layer: "layer", managedBy: "managed-by" },
  deployRole: {
    arn: "arn:aws:iam::111122223333:role/deploy",
    externalId: "platform:4711",
    sessionName: "ecr-platform",
  },
  state: {
    ...{ backend: "s3", bucket: "acme-test-tfstate", accountId: "444455556666" },
    role: {
      arn: "arn:aws:iam::444455556666:role/states",
      externalId: "platform:4711",
      sessionName: "ecr-platform",
    },
  },
  ecr: {
    encryptionType: "KMS",
    creationTemplates: {
      ROOT: {
        appliedFor: ["REPLICATION"],
        imageTagMutability: "IMMUTABLE",
        lifecycleRules: [rule("tagPrefixList")],
      },
    },
    repositories: {
      app: {
        lifecycleRules: [rule("tagPrefixList")],
        repositoryPolicyStatements: [
          {
            effect: "Deny",
            notActions: ["ecr:BatchGetImage"],
            notPrincipals: [{ type: "AWS", identifiers: [`arn:aws:iam::${accountId}:role/build`] }],
          },
        ],
      },
    },
    pullThroughCache: { quay: { upstream: "quay", lifecycleRules: [rule("tagPatternList")] } },
  },
  network: {
    kind: "existing",
    vpcId: "vpc-0123456789abcdef0",
    endpoints: ["s3"],
    privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    publicSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
    privateRouteTableIds: ["rtb-0123456789abcdef0"],
  },
  ecs: {
    services: {
      web: {
        image: { repository: "app", awaitsFirstPush: true },
        containers: {
          router: {
            image: { repository: "app", awaitsFirstPush: true },
            logRouter: { type: "fluentbit" },
            mounts: [{ volume: "files", path: "/data" }],
          },
        },
        volumes: { files: { fileSystem: "files", directory: "/files" } },
        mounts: [{ volume: "files", path: "/data", readOnly: true }],
        port: 8080,
        sharedLoadBalancer: {
          name: "public",
          hosts: ["shop.example.com"],
          paths: ["/api/*"],
          priority: 10,
          stickiness: { cookieName: "session" },
        },
      },
    },
    loadBalancers: {
      public: {
        certificateArns: ["arn:aws:acm:eu-west-1:111122223333:certificate/0123abcd-ef"],
      },
    },
    scheduledTasks: {
      report: {
        image: { repository: "app", awaitsFirstPush: true },
        schedule: "rate(1 day)",
        containers: {
          router: {
            image: { repository: "app", awaitsFirstPush: true },
            logRouter: { type: "fluentbit" },
            mounts: [{ volume: "files", path: "/data" }],
          },
        },
        volumes: { files: { fileSystem: "files", directory: "/files" } },
        mounts: [{ volume: "files", path: "/data" }],
      },
    },
    fileSystems: { files: {} },
  },
  productionExceptions: [{ rule: "immutable-tags", reason: "the environment is a trial" }],
};

/** Policies as JSON exclude other lifecycle options. */
const policies: EnvironmentInput = {
  ...minimal,
  ecr: {
    repositories: { app: {} },
    pullThroughCache: { quay: { upstream: "quay" } },
    creationTemplates: { ROOT: { appliedFor: ["REPLICATION"] } },
  },
};

/** The CDKTF context with which no option of these environments needs a newer AWS provider. */
export const everyOptionContext = {
  awsProviderVersion: Object.values(since)
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1),
};

/** Valid environments, of which the first has nearly every option, and each other one what the earlier ones exclude. */
export const everyOptionOnce: readonly EnvironmentInput[] = [everyOption, production, policies];
