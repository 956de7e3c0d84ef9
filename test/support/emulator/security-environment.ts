/** An environment file with secrets and with every kind of role for pipelines. */
export const environmentFile = `import { defineEnvironment } from "./environment";

export const dev = defineEnvironment({
  name: "dev",
  project: "myproject",
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "s3", bucket: "myproject-tfstate", createBucket: false },
  ecr: {
    repositories: { "web-app": {} },
    pullThroughCache: { "docker-hub": { upstream: "docker-hub", credentials: "docker-hub" } },
  },
  security: {
    secrets: { "db-password": {}, "docker-hub": { pullThroughCache: true, recoveryWindowInDays: 0 } },
    ci: {
      push: {
        "web-app": {
          repositories: ["web-app"],
          trust: [
            { github: "acme/web-app", branch: "main" },
            { gitlab: "acme/web-app", tag: "v*" },
          ],
        },
      },
      plan: { trust: [{ github: "acme/web-app", pullRequest: true }] },
      deploy: { trust: [{ github: "acme/web-app", environment: "dev" }] },
    },
  },
});
`;
