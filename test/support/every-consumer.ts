import type { EnvironmentInput } from "../../environments/options/environment";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

/** A text of a user that Terraform would take for an expression. */
export const expression = "${user.text} %{if}";

const trust = [{ github: "acme/app", branch: "main" }] as const;

/** A production environment with one of everything that the layers make. */
export const everyConsumer: EnvironmentInput = {
  name: "full",
  project: "acme",
  accountId: "222233334444",
  region: "eu-central-1",
  tier: "production",
  state: { backend: "s3", bucket: "acme-full-tfstate" },
  tags: { CostCenter: "1234" },
  security: {
    signingProfile: true,
    secrets: { "db-password": { description: expression }, "docker-hub": { pullThroughCache: true } },
    ci: {
      push: { app: { repositories: ["app"], trust: [...trust, { gitlab: "acme/app", tag: "v*" }] } },
      plan: { trust: [{ github: "acme/platform", pullRequest: true }] },
      deploy: { trust: [{ github: "acme/platform", environment: "production" }] },
    },
  },
  network: {
    kind: "own",
    cidr: "10.40.0.0/16",
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
    endpoints: ["ecr.api", "ecr.dkr", "s3", "logs", "secretsmanager", "kms", "sts", "ec2"],
  },
  ecr: {
    encryptionType: "KMS",
    enableScanFindingsLogging: true,
    alerts: { severities: ["CRITICAL"], emails: ["security@example.com"] },
    enableDashboard: true,
    pullThroughCache: {
      hub: { upstream: "docker-hub", credentials: "docker-hub", imageTagMutability: "IMMUTABLE" },
      public: {
        upstream: "ecr-public",
        imageTagMutability: "IMMUTABLE",
        pullRoleArns: ["arn:aws:iam::222233334444:role/reader"],
      },
    },
    repositories: {
      app: {
        imageTagMutability: "IMMUTABLE",
        enableLambdaPull: true,
        enableCrossAccountAccess: true,
        allowedAccountIds: ["333344445555"],
        // One of its own, which pipelines reach.
        pullRoleArns: ["arn:aws:iam::222233334444:role/acme/full/acme-full-lambda-resize"],
        enableReplication: true,
        replicationDestinations: [{ region: "eu-west-1" }],
        lifecycleRules: [
          {
            description: expression,
            selection: {
              tagStatus: "tagged",
              tagPrefixList: ["pr-"],
              countType: "sinceImagePushed",
              countUnit: "days",
              countNumber: 7,
            },
          },
        ],
      },
    },
  },
  ecs: {
    loadBalancers: {
      inside: {
        certificateArns: ["arn:aws:acm:eu-central-1:222233334444:certificate/0123abcd-ef"],
        scheme: "internal",
      },
    },
    fileSystems: {
      uploads: { infrequentAccessAfterDays: 30 },
      archive: { id: "fs-0123456789abcdef0" },
    },
    services: {
      web: {
        image: { repository: "app", digest },
        volumes: {
          uploads: { fileSystem: "uploads", directory: "/uploads" },
          archive: { fileSystem: "archive", directory: "/shop", uid: 2000, gid: 2001, permissions: "0755" },
        },
        mounts: [
          { volume: "uploads", path: "/var/uploads" },
          { volume: "archive", path: "/var/archive", readOnly: true },
        ],
        port: 8080,
        environment: { TEMPLATE: expression },
        secrets: { DATABASE_PASSWORD: "db-password" },
        healthCheckCommand: ["CMD-SHELL", expression],
        autoscaling: {
          minCount: 2,
          maxCount: 4,
          memoryTargetPercent: 75,
          requestsPerTask: 1000,
          scaleInCooldownSeconds: 600,
          schedules: { night: { schedule: "cron(0 22 * * ? *)", timeZone: "Europe/Berlin", minCount: 1 } },
        },
        writablePaths: ["/tmp"],
        serviceConnect: { connectsTo: ["shared"] },
        loadBalancer: {
          certificateArn: "arn:aws:acm:eu-central-1:222233334444:certificate/0123abcd-ef",
        },
        deployment: {
          alarms: [expression],
          ownAlarms: { serverErrorPercent: 5, unhealthyMinutes: 5, cpuPercent: 95, memoryPercent: 90 },
        },
        capacity: { spotWeight: 3, onDemandBase: 2 },
      },
      worker: { image: { repository: "app", awaitsFirstPush: true } },
      proxy: {
        image: { repository: "public/nginx/nginx", tag: "1.29" },
        port: 8080,
        sharedLoadBalancer: { name: "inside", paths: ["/*"], priority: 100 },
      },
      shared: {
        image: { repository: "app", digest },
        port: 8081,
        serviceConnect: { server: { protocol: "http", requestTimeoutSeconds: 30 } },
      },
    },
    scheduledTasks: {
      report: {
        image: { repository: "app", digest },
        schedule: "cron(30 2 ? * MON-FRI *)",
        timeZone: "Europe/Berlin",
        flexibleWindowMinutes: 15,
        maximumRetryAttempts: 3,
        maximumEventAgeSeconds: 3600,
        command: ["bin/report", expression],
        secrets: { DATABASE_PASSWORD: "db-password" },
        writablePaths: ["/tmp"],
        volumes: { uploads: { fileSystem: "uploads", directory: "/uploads" } },
        mounts: [{ volume: "uploads", path: "/var/uploads" }],
      },
      cleanup: { image: { repository: "app", awaitsFirstPush: true }, schedule: "rate(6 hours)", spot: true },
    },
  },
  lambda: {
    functions: {
      resize: {
        image: { repository: "app", digest },
        description: expression,
        command: [expression],
        environment: { TEMPLATE: expression },
        secrets: { DB_PASSWORD_ARN: "db-password" },
        vpc: true,
      },
    },
  },
  eks: {
    kubernetesVersion: "1.33",
    autoMode: {},
    nodeGroups: { general: { instanceTypes: ["m7i.large"], minSize: 2, maxSize: 4 } },
    fargateProfiles: { batch: { selectors: [{ namespace: "batch" }] } },
    deployments: {
      api: { image: { repository: "app", digest }, port: 8080, podIdentity: { secrets: ["db-password"] } },
    },
  },
  imageGate: {
    severity: "HIGH",
    maxAgeDays: 90,
    requireSignature: true,
    repositories: { "hub/library/redis": { requireSignature: false } },
    exceptions: [
      {
        ...{ digest, check: "findings", finding: "CVE-2024-3094", expires: "2027-01-31" },
        reason: expression.padEnd(20, "."),
      },
    ],
  },
};
