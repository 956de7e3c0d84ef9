import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";

/**
 * The second yardstick: `node build/bench/bare-repositories.js <repositories> <output folder>`. What somebody writes who
 * needs repositories and nothing else: one stack with one output, plain CDKTF.
 */
const [, , count, outdir] = process.argv;
if (outdir === undefined) throw new Error("usage: bare-repositories.js <repositories> <output folder>");

const app = new App({ outdir });
const stack = new TerraformStack(app, "repositories");
new AwsProvider(stack, "aws", { region: "us-east-1" });

const urls: Record<string, string> = {};
for (let i = 0; i < Number(count); i++) {
  const name = `service-${i + 1}`;
  const countNumber = 10 + (i % 90);
  const repository = new EcrRepository(stack, name, {
    name: `myproject-dev-${name}`,
    imageScanningConfiguration: { scanOnPush: true },
  });
  new EcrLifecyclePolicy(stack, `${name}-lifecycle`, {
    repository: repository.name,
    policy: JSON.stringify({
      rules: [
        {
          rulePriority: 1,
          description: `Keep the ${countNumber} newest images`,
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber },
          action: { type: "expire" },
        },
      ],
    }),
  });
  urls[name] = repository.repositoryUrl;
}
new TerraformOutput(stack, "repository_urls", { value: urls });
app.synth();
