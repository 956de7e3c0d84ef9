import type { TerraformStack } from "cdktf";
import { repositoryName, tagsOf } from "../../environments/naming";
import { encryptionOf } from "../../environments/plan/encryption";
import type { Environment } from "../../environments/plan/environment";
import { policyTextOf } from "../../environments/plan/lifecycle";
import { hasCaches } from "../../environments/plan/pull-through-caches";
import { PullThroughCacheModule } from "../../modules/ecr/cache/pull-through-cache-module";
import { upstreamHost } from "../../modules/ecr/cache/upstream-registries";
import { NameScope } from "../../modules/terraform/name-scope";
import { readLayer } from "../contract";
import { pullThroughCacheContract, secretsContract, securityContract } from "../security/security.contract";

/** Add the caches of all environments of a registry, each with the outputs of its environment's security layer. */
export function addPullThroughCaches(stack: TerraformStack, environments: readonly Environment[]): void {
  const owners = environments.filter(hasCaches);
  if (owners.length === 0) return;
  const caches = new NameScope(stack, "caches", "ecr");
  for (const environment of owners) {
    const { name: environmentName, project, ecr } = environment;
    const id = `security_${environmentName}`;
    const key = readLayer(stack, "security", environment, securityContract, id);
    const role = readLayer(stack, "security", environment, pullThroughCacheContract, id);
    const secrets = readLayer(stack, "security", environment, secretsContract, id);
    const scope = new NameScope(caches, environmentName);
    for (const [name, options] of Object.entries(ecr.pullThroughCache)) {
      const { upstream, host, credentials } = options;
      new PullThroughCacheModule(scope, name, {
        prefix: repositoryName(environment, name),
        upstreamHost: upstreamHost(upstream, host),
        ...(credentials !== undefined && { credentialArn: secrets.secret_arns(credentials) }),
        description: `Repositories of ${project} ${environmentName} that cache ${upstream}`,
        imageTagMutability: options.imageTagMutability,
        imageTagMutabilityExclusionFilters: options.imageTagMutabilityExclusionFilters,
        encryption: encryptionOf(environment, () => key.ecr_kms_key_arn),
        lifecyclePolicy: policyTextOf(options),
        tags: tagsOf(environment, "registry"),
        roleArn: role.ecr_template_role_arn,
      });
    }
  }
}
