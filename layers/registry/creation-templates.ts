import type { TerraformStack } from "cdktf";
import { tagsOf } from "../../environments/naming";
import { encryptionOf } from "../../environments/plan/encryption";
import type { Environment } from "../../environments/plan/environment";
import { policyTextOf } from "../../environments/plan/lifecycle";
import { creationTemplate } from "../../modules/ecr/cache/creation-template";
import { NameScope } from "../../modules/terraform/name-scope";
import { readLayer } from "../contract";
import { pullThroughCacheContract, securityContract } from "../security/security.contract";

/**
 * Add the repository creation templates of all environments of a registry, each with the key and role of its environment.
 * A rule refuses two templates of one prefix.
 */
export function addCreationTemplates(stack: TerraformStack, environments: readonly Environment[]): void {
  const owners = environments.filter(({ ecr }) => Object.keys(ecr.creationTemplates).length > 0);
  if (owners.length === 0) return;
  // Part of the address, so that no prefix has the address of the template of a cache.
  const scope = new NameScope(stack, "by_prefix");
  for (const environment of owners) {
    const { name: environmentName, project, ecr } = environment;
    const id = `security_${environmentName}`;
    const key = readLayer(stack, "security", environment, securityContract, id);
    const role = readLayer(stack, "security", environment, pullThroughCacheContract, id);
    for (const [prefix, options] of Object.entries(ecr.creationTemplates))
      creationTemplate(scope, prefix, prefix, options.appliedFor, {
        description: `Repositories that ECR creates for ${project} ${environmentName}`,
        imageTagMutability: options.imageTagMutability,
        imageTagMutabilityExclusionFilters: options.imageTagMutabilityExclusionFilters,
        encryption: encryptionOf(environment, () => key.ecr_kms_key_arn),
        lifecyclePolicy: policyTextOf(options),
        tags: tagsOf(environment, "registry"),
        roleArn: role.ecr_template_role_arn,
      });
  }
}
