import { DataAwsEcrRepositories } from "@cdktf/provider-aws/lib/data-aws-ecr-repositories";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type ITerraformDependable, TerraformLocal, type TerraformStack } from "cdktf";
import type { RequiredReplicas } from "../../environments/plan/required-replicas";
import { NameScope } from "../../modules/terraform/name-scope";

/**
 * Make Terraform look for replicas in their Regions before it plans the replication that fills them. ECR creates a missing
 * one itself, with AES256 encryption, mutable tags and no policies, and its encryption can never be changed.
 *
 * AWS is asked, and not the state of the replicas layer: what counts is that the repository exists, whichever project
 * creates it, and a pipeline role cannot read the states of other environments.
 *
 * @param providerIn provider of a Region
 * @returns what replication depends on, so that no run of Terraform creates it without the check
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function requireReplicas(
  stack: TerraformStack,
  required: readonly RequiredReplicas[],
  providerIn: (region: string) => AwsProvider,
): ITerraformDependable[] {
  const scope = new NameScope(stack, "existing");
  return [...new Set(required.map(({ region }) => region))].map((region) => {
    const existing = new DataAwsEcrRepositories(scope, region, { provider: providerIn(region) });
    const inRegion = required.filter((one) => one.region === region);
    existing.addOverride(
      "lifecycle.postcondition",
      inRegion.map((one) => postcondition(stack, one)),
    );
    return existing;
  });
}

function postcondition(
  stack: TerraformStack,
  { region, project, name, ofOtherProject, names }: RequiredReplicas,
) {
  // Once, although two expressions refer to it: an environment can have thousands.
  const local = new TerraformLocal(stack, `replicas_${project}_${name}_${region}`, [...names]);
  local.overrideLogicalId(`replicas_${project}-${name}_${region}`);
  // The names are null where there is no repository at all.
  const missing = `setsubtract(local.${local.friendlyUniqueId}, self.names == null ? [] : tolist(self.names))`;
  return {
    condition: `\${length(${missing}) == 0}`,
    error_message: [
      `${stack.node.id} would replicate \${join(", ", ${missing})} to ${region}, where no repository has that name, so ECR would create it with AES256 encryption, mutable tags and no policies`,
      ofOtherProject
        ? `first, ${project} has to deploy the replicas of its environment ${name}`
        : `deploy the replicas first: npm run deploy -- ${name} --layer replicas`,
    ].join("; "),
  };
}
