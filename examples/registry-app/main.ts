import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { EcrModule, EcrRegistryModule, registrySettings } from "ecr-platform";

const accountId = "111122223333";
const app = new App();
const stack = new TerraformStack(app, "registry");
// Grants take account and Region from here.
new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: [accountId] });

const webApp = new EcrModule(stack, "web-app", { name: "acme/web-app" });
const worker = new EcrModule(stack, "worker", {
  name: "acme/worker",
  lifecyclePolicy: { maxImageCount: 30, untaggedExpiryDays: 14, protectedTags: ["release-*"] },
});
const scratch = new EcrModule(stack, "scratch", {
  name: "acme/scratch",
  imageTagMutability: "MUTABLE",
  scanOnPush: false,
  preventDestroy: false,
});

// One stack per account and Region may have this: AWS keeps these settings once.
const replica = { region: "eu-central-1", registryId: accountId };
const { scanning, replication } = registrySettings([
  webApp.registryRequest({ destinations: [replica] }),
  worker.registryRequest({ destinations: [replica] }),
  scratch.registryRequest(),
]);
new EcrRegistryModule(stack, "registry", { scanning, replication });

const task = new IamRole(stack, "task", {
  name: "acme-task",
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  }),
});
webApp.grantPull(task);
webApp.grantPullToAccount("444455556666");

new TerraformOutput(stack, "image", { value: webApp.imageUriForTag("v1.2.3") });
app.synth();
