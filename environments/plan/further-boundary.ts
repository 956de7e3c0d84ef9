import { templatePermission } from "../../modules/ecr/cache/template-permission";
import { infrastructureBoundary } from "../../modules/ecs/infrastructure-role";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { needsInfrastructureRole } from "./ecs-deployment";
import { fillStatements, type UpstreamUser } from "./private-upstreams";
import { foreignTemplateArns, type TemplateOwner } from "./templates";

/**
 * What roles of an environment do outside the names of the environment, so that the permissions boundary allows it: read
 * private registries for caches, create repositories under other prefixes, and shift the traffic of load balancers, whose
 * target groups have names that Terraform makes.
 */
export function furtherBoundary(
  environment: UpstreamUser &
    TemplateOwner & { readonly ecs?: Parameters<typeof needsInfrastructureRole>[0] },
): Statement[] {
  const { accountId, region, ecs } = environment;
  const foreign = foreignTemplateArns(environment);
  return [
    ...fillStatements(environment),
    ...(foreign.length > 0 ? templatePermission(foreign) : []),
    ...(needsInfrastructureRole(ecs)
      ? infrastructureBoundary({ partition: partitionOf(region), accountId, region })
      : []),
  ];
}
