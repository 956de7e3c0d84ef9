import type { TerraformStack } from "cdktf";
import { tagsOf } from "../../environments/naming";
import { encryptionOf } from "../../environments/plan/encryption";
import type { Environment } from "../../environments/plan/environment";
import { policyTextOf } from "../../environments/plan/lifecycle";
import { upstreamAddress } from "../../environments/plan/private-upstreams";
import { cachePrefix, hasCaches } from "../../environments/plan/pull-through-caches";
import { PullThroughCacheModule } from "../../modules/ecr/cache/pull-through-cache-module";
import { isPrivateEcr, upstreamHost } from "../../modules/ecr/cache/upstream-registries";
import { registryHost } from "../../modules/ecr/repository/repository-address";
import { NameScope } from "../../modules/terraform/name-scope";
import { readLayer } from "../contract";
import {
  privateUpstreamContract,
  pullThroughCacheContract,
  secretsContract,
  securityContract,
} from "../security/security.contract";

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
    const fill = readLayer(stack, "security", environment, privateUpstreamContract, id);
    const secrets = readLayer(stack, "security", environment, secretsContract, id);
    const scope = new NameScope(caches, environmentName);
    for (const [name, options] of Object.entries(ecr.pullThroughCache)) {
      const { upstream, credentials, upstreamPrefix } = options;
      const fromEcr = isPrivateEcr(upstream);
      const host = fromEcr ? registryHost(upstreamAddress(environment, options)) : options.host;
      new PullThroughCacheModule(scope, name, {
        prefix: cachePrefix(environment, name, options),
        upstreamHost: upstreamHost(upstream, host),
        ...(fromEcr && { upstreamRoleArn: fill.ecr_cache_role_arn }),
        ...(upstreamPrefix !== undefined && { upstreamPrefix }),
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
