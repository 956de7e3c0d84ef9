import type { TerraformStack } from "cdktf";
import type { Environment } from "../../environments/plan/environment";
import { pullTimeExclusionsOf } from "../../environments/plan/pull-time-exclusions";
import { PullTimeExclusionModule } from "../../modules/ecr/registry/pull-time-exclusion-module";
import { NameScope } from "../../modules/terraform/name-scope";

/** Add the pull-time update exclusions that the environments of a registry request, each once. */
export function addPullTimeExclusions(stack: TerraformStack, environments: readonly Environment[]): void {
  const exclusions = pullTimeExclusionsOf(environments);
  if (exclusions.length === 0) return;
  const scope = new NameScope(stack, "pull_time_exclusions", "ecr");
  for (const { principalArn } of exclusions)
    new PullTimeExclusionModule(scope, principalArn, { principalArn });
}
