import { templatePermission } from "../../modules/ecr/cache/template-permission";
import type { Statement } from "../../modules/iam/policy-document";
import { fillStatements, type UpstreamUser } from "./private-upstreams";
import { foreignTemplateArns, type TemplateOwner } from "./templates";

/**
 * What roles of an environment do in ECR outside the names of the environment, so that the permissions boundary allows it:
 * read private registries for caches, and create repositories under other prefixes.
 */
export function furtherBoundary(environment: UpstreamUser & TemplateOwner): Statement[] {
  const foreign = foreignTemplateArns(environment);
  return [...fillStatements(environment), ...(foreign.length > 0 ? templatePermission(foreign) : [])];
}
