import { scheduleBoundary } from "../../modules/ci/schedule-permission";
import { pullActions } from "../../modules/ecr/access/image-actions";
import { templatePermission } from "../../modules/ecr/cache/template-permission";
import { partitionOf } from "../../modules/iam/aws-partition";
import { allow, type Statement } from "../../modules/iam/policy-document";
import { type EnvironmentId, namePrefix, type RegistryAddress } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import { hasScheduledTasks } from "./ecs-schedule";
import { type ConsumerSections, otherRepositoryArns } from "./other-registries";
import { fillStatements, type UpstreamUser } from "./private-upstreams";
import { foreignTemplateArns, type TemplateOwner } from "./templates";

/**
 * What roles of an environment do beyond what those of every environment do, so that the permissions boundary allows it: read
 * private registries for caches, create repositories under other prefixes, pull images of other accounts, and start scheduled
 * tasks.
 *
 * @param sections with the consumers. EKS needs nothing here: its roles may pull from other accounts anyway, for add-ons.
 */
export function furtherBoundary(
  environment: UpstreamUser & TemplateOwner & Pick<UncheckedEnvironment, "ecs">,
  sections: ConsumerSections,
): Statement[] {
  const foreign = foreignTemplateArns(environment);
  const others = otherRepositoryArns(sections, ["ecs"]);
  return [
    ...fillStatements(environment),
    ...(foreign.length > 0 ? templatePermission(foreign) : []),
    ...(others.length > 0 ? [allow("ImagesOfOtherAccounts", pullActions, others)] : []),
    ...(hasScheduledTasks(environment) ? scheduleStart(environment) : []),
  ];
}

function scheduleStart(environment: RegistryAddress & EnvironmentId): Statement[] {
  const { accountId, region, project, name } = environment;
  return scheduleBoundary({
    ...{ partition: partitionOf(region), accountId, region, project },
    ...{ environment: name, namePrefix: namePrefix(environment) },
  });
}
