import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { repositoryName, stackName, tagsOf } from "../../environments/naming";
import { policyTextOf } from "../../environments/plan/lifecycle";
import { hasCaches } from "../../environments/plan/pull-through-caches";
import { PullThroughCacheModule } from "../../modules/ecr/cache/pull-through-cache-module";
import { upstreamHost } from "../../modules/ecr/cache/upstream-registries";
import { read } from "../contract";
import { encryptionOf } from "../ecr-encryption";
import { pullThroughCacheContract, secretsContract, securityContract } from "../security/security.contract";

/** Build the caches of all environments of a registry, each with what the security layer of its environment publishes. */
export function addPullThroughCaches(stack: TerraformStack, environments: readonly Environment[]): void {
  for (const environment of environments.filter(hasCaches)) {
    const { name: environmentName, project, state, ecr } = environment;
    const id = `security_${environmentName}`;
    const place = { location: state, stack: stackName("security", environment) };
    const key = read(stack, id, securityContract, place);
    const role = read(stack, id, pullThroughCacheContract, place);
    const secrets = read(stack, id, secretsContract, place);
    const scope = new Construct(stack, `caches_${environmentName}`);
    for (const [name, options] of Object.entries(ecr.pullThroughCache)) {
      const { upstream, host, credentials } = options;
      new PullThroughCacheModule(scope, name, {
        prefix: repositoryName(environment, name),
        upstreamHost: upstreamHost(upstream, host),
        ...(credentials !== undefined && { credentialArn: secrets.secret_arns(credentials) }),
        description: `Repositories of ${project} ${environmentName} that cache ${upstream}`,
        imageTagMutability: options.imageTagMutability,
        imageTagMutabilityExclusionFilters: options.imageTagMutabilityExclusionFilters,
        encryption: encryptionOf(environment, key.ecr_kms_key_arn),
        lifecyclePolicy: policyTextOf(options),
        tags: tagsOf(environment, "registry"),
        roleArn: role.ecr_template_role_arn,
      });
    }
  }
}
