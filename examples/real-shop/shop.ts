import { defineEnvironment } from "../../environments/environment";

/** A shop: what real services need besides an image. */
export const shop = defineEnvironment({
  name: "shop",
  project: "acme",
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "s3", bucket: "acme-shop-tfstate-123456789012" },
  security: {
    // JSON with the keys user and password.
    secrets: { database: { description: "Login of the services to the database" } },
  },
  network: {
    kind: "own",
    cidr: "10.20.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b"],
    natGateways: "single",
  },
  ecr: {
    repositories: {
      catalog: { maxImageCount: 30 },
      orders: { maxImageCount: 30 },
      thumbnails: { maxImageCount: 10, enableLambdaPull: true },
    },
  },
  ecs: {
    services: {
      // A JVM service that takes up to two minutes to start.
      catalog: {
        image: { repository: "catalog", awaitsFirstPush: true },
        ...{ cpu: 1024, memory: 2048, port: 8080 },
        environment: { JAVA_TOOL_OPTIONS: "-XX:MaxRAMPercentage=75" },
        secrets: {
          DB_USER: { secret: "database", key: "user" },
          DB_PASSWORD: { secret: "database", key: "password" },
        },
        writablePaths: ["/tmp"],
        healthCheckCommand: ["CMD-SHELL", "curl -fs http://localhost:8080/health || exit 1"],
        healthCheckStartPeriodSeconds: 120,
        loadBalancer: {
          certificateArn:
            "arn:aws:acm:us-east-1:123456789012:certificate/0123abcd-0123-abcd-0123-0123456789ab",
          healthCheckPath: "/health",
        },
        autoscaling: { minCount: 2, maxCount: 6 },
      },
      // A worker without a port. It has two minutes to finish its message when it is stopped. After the first image, a
      // pipeline deploys it, and runs the migration with its image.
      orders: {
        image: { repository: "orders", awaitsFirstPush: true, managedBy: "pipeline" },
        secrets: { DB_PASSWORD: { secret: "database", key: "password" } },
        stopTimeoutSeconds: 120,
        initProcessEnabled: true,
      },
    },
    scheduledTasks: {
      // Every night in the time zone of the shop, within a quarter of an hour.
      report: {
        image: { repository: "catalog", awaitsFirstPush: true },
        schedule: "cron(0 3 * * ? *)",
        timeZone: "Europe/Berlin",
        flexibleWindowMinutes: 15,
        command: ["bin/report"],
        secrets: { DB_PASSWORD: { secret: "database", key: "password" } },
      },
    },
  },
  lambda: {
    functions: {
      // Callers use the alias, to which the pipeline shifts traffic in steps.
      thumbnails: {
        image: { repository: "thumbnails", awaitsFirstPush: true, managedBy: "pipeline" },
        alias: "live",
        memorySize: 1024,
        timeoutSeconds: 30,
      },
    },
  },
});
