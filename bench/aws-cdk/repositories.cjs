"use strict";

/**
 * Repositories with lifecycle rules in the AWS CDK: `node repositories.cjs <repositories> <output folder>`.
 *
 * `npm run bench` copies this folder to `build/aws-cdk` and installs its dependencies there. JavaScript, because the
 * project neither compiles nor installs it.
 */
const { App, Stack } = require("aws-cdk-lib");
const { Repository } = require("aws-cdk-lib/aws-ecr");

const [, , count, outdir] = process.argv;
if (outdir === undefined) throw new Error("usage: repositories.cjs <repositories> <output folder>");

/** Quota of CloudFormation, which synthesis enforces: resources per stack. */
const resourcesPerStack = 500;

const env = { account: "123456789012", region: "us-east-1" };
const app = new App({ outdir });
let stack;
for (let i = 0; i < Number(count); i++) {
  if (i % resourcesPerStack === 0)
    stack = new Stack(app, `repositories-${1 + i / resourcesPerStack}`, { env });
  const maxImageCount = 10 + (i % 90);
  new Repository(stack, `service-${i + 1}`, {
    repositoryName: `myproject-dev-service-${i + 1}`,
    imageScanOnPush: true,
    lifecycleRules: [{ maxImageCount, description: `Keep the ${maxImageCount} newest images` }],
  });
}
app.synth();
