import type { Construct } from "constructs";
import { roleName } from "../../environments/naming";
import type { Environment } from "../../environments/plan/environment";
import { fillStatements } from "../../environments/plan/private-upstreams";
import { allowLogin } from "../../modules/ecr/access/identity-policy";
import { cacheService } from "../../modules/ecr/cache/private-upstream";
import { ServiceRoleModule } from "../../modules/iam/service-role-module";
import type { Outputs } from "../contract";
import type { privateUpstreamContract } from "./security.contract";

/**
 * Create the role with which ECR reads private registries for the caches of an environment. AWS documents its trust policy
 * without a condition.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-private.html
 */
export function cacheRole(
  stack: Construct,
  environment: Environment,
): Outputs<typeof privateUpstreamContract> {
  const { arn } = new ServiceRoleModule(stack, "ecr_cache", {
    name: roleName(environment, "ecr-cache"),
    description: `ECR fills the caches of private registries of ${environment.project} ${environment.name}`,
    service: cacheService,
    statements: [allowLogin("LogIn"), ...fillStatements(environment)],
  });
  return { ecr_cache_role_arn: arn };
}
