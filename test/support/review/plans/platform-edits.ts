import type { Edit } from "./edit";

/** Edits of the registry, of keys, secrets and logs, of the network, and of what runs images. */
export const platformEdits = {
  "replica-added": {
    title: "Replicate one more repository.",
    layers: ["replicas", "registry"],
    change: ({ dev }) => {
      dev.ecr.repositories.api.enableReplication = true;
      dev.ecr.repositories.api.replicationDestinations = [{ region: "us-west-2" }];
    },
  },
  "replica-dropped": {
    title: "End the replication of a repository.",
    layers: ["security", "replicas", "registry"],
    change: ({ dev }) => {
      dev.ecr.repositories["web-app"].enableReplication = false;
      dev.ecr.repositories["web-app"].replicationDestinations = [];
      dev.ecr.formerReplicaRegions = ["us-west-2"];
    },
  },
  "scanning-off": {
    title: "Turn off scanning for one repository.",
    layers: ["registry", "compute"],
    change: ({ dev }) => {
      Object.assign(dev.ecr.repositories.api, { enableEnhancedScanning: false, scanOnPush: false });
    },
  },
  "scanning-only-on-push": {
    title: "No longer scan images of one repository again.",
    layers: ["registry"],
    change: ({ dev }) => {
      delete dev.ecr.repositories["web-app"].scanFrequency;
    },
  },
  "environment-removed": {
    title: "Remove another environment of the registry from the list.",
    layers: ["registry"],
    change: (environments) => {
      delete environments.qa;
    },
  },
  "log-retention-shorter": {
    title: "Keep logs for a shorter time.",
    layers: ["security", "network", "registry", "compute"],
    change: ({ dev }) => {
      dev.ecr.logRetentionDays = 30;
      dev.ecs.logRetentionDays = 30;
      dev.network.flowLogs = { retentionInDays: 7 };
    },
  },
  "key-settings-weaker": {
    title: "Rotate keys less often, and delete them sooner.",
    layers: ["security"],
    change: ({ dev }) => {
      dev.security.kms = { rotationPeriodInDays: 730, deletionWindowInDays: 7 };
    },
  },
  "secret-removed": {
    title: "Remove a secret and what reads it.",
    layers: ["security", "compute"],
    change: ({ dev }) => {
      delete dev.security.secrets["db-password"];
      delete dev.lambda.functions.resize.secrets;
    },
  },
  "cache-added": {
    title: "Cache images of the ECR Public Gallery.",
    layers: ["security", "network", "registry", "compute"],
    change: ({ dev }) => {
      dev.ecr.pullThroughCache = { public: { upstream: "ecr-public" } };
    },
  },
  "service-added": {
    title: "Run one more service.",
    layers: ["security", "compute"],
    change: ({ dev }) => {
      dev.ecs.services.admin = {
        image: dev.ecs.services.web.image,
        port: 9000,
        secrets: { DB_PASSWORD: "db-password" },
      };
    },
  },
  "image-changed": {
    title: "Run another image.",
    layers: ["compute"],
    change: ({ dev }) => {
      dev.ecs.services.web.image.digest = `sha256:${"ab".repeat(32)}`;
      dev.lambda.functions.resize.image.digest = `sha256:${"cd".repeat(32)}`;
    },
  },
  "cpu-changed": {
    title: "Give the tasks of a service more CPU and memory.",
    layers: ["compute"],
    change: ({ dev }) => {
      Object.assign(dev.ecs.services.worker, { cpu: 1024, memory: 2048 });
    },
  },
  "service-becomes-public": {
    title: "Put a load balancer in front of a service.",
    layers: ["compute"],
    change: ({ dev }) => {
      const { certificateArn } = dev.ecs.services.web.loadBalancer;
      Object.assign(dev.ecs.services.worker, { port: 8081, loadBalancer: { certificateArn } });
    },
  },
  "function-removed": {
    title: "Remove every function.",
    layers: ["security", "compute"],
    change: ({ dev }) => {
      delete dev.lambda;
    },
  },
  "consumers-destroyed": {
    title: "Destroy the repositories and everything that runs their images.",
    layers: ["compute"],
    flags: ["-destroy"],
    change: () => undefined,
  },
  "network-changed": {
    title: "Use a NAT gateway in each zone, and other endpoints.",
    layers: ["network"],
    change: ({ dev }) => {
      dev.network.natGateways = "one-per-zone";
      dev.network.endpoints = ["ecr.api", "ecr.dkr", "s3", "secretsmanager"];
    },
  },
  "alerts-removed": {
    title: "Send no more messages about vulnerabilities, and log no findings.",
    layers: ["registry", "compute"],
    change: ({ dev }) => {
      delete dev.ecr.alerts;
      dev.ecr.enableScanFindingsLogging = false;
    },
  },
} satisfies Readonly<Record<string, Edit>>;
