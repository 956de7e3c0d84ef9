import { pullActions } from "../../modules/ecr/access/image-actions";
import { templatePermission } from "../../modules/ecr/cache/template-permission";
import { allow, type Statement } from "../../modules/iam/policy-document";
import { type ConsumerSections, otherRepositoryArns } from "./other-registries";
import { fillStatements, type UpstreamUser } from "./private-upstreams";
import { foreignTemplateArns, type TemplateOwner } from "./templates";

/**
 * What roles of an environment do in ECR outside the names of the environment, so that the permissions boundary allows it:
 * read private registries for caches, create repositories under other prefixes, and pull images of other accounts.
 *
 * @param sections with the consumers. EKS needs nothing here: its roles may pull from other accounts anyway, for add-ons.
 */
export function furtherBoundary(
  environment: UpstreamUser & TemplateOwner,
  sections: ConsumerSections,
): Statement[] {
  const foreign = foreignTemplateArns(environment);
  const others = otherRepositoryArns(sections, ["ecs"]);
  return [
    ...fillStatements(environment),
    ...(foreign.length > 0 ? templatePermission(foreign) : []),
    ...(others.length > 0 ? [allow("ImagesOfOtherAccounts", pullActions, others)] : []),
  ];
}
