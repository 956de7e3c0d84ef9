import { scheduleBoundary } from "../../modules/ci/schedule-permission";
import { templatePermission } from "../../modules/ecr/cache/template-permission";
import { execChannels } from "../../modules/ecs/exec-permission";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { type EnvironmentId, namePrefix, type RegistryAddress } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import { hasExec } from "./ecs-exec";
import { hasScheduledTasks } from "./ecs-schedule";
import { fillStatements, type UpstreamUser } from "./private-upstreams";
import { foreignTemplateArns, type TemplateOwner } from "./templates";

/**
 * What roles of an environment do beyond what those of every environment do, so that the permissions boundary allows it: read
 * private registries for caches, create repositories under other prefixes, start scheduled tasks, and open sessions of ECS Exec.
 */
export function furtherBoundary(
  environment: UpstreamUser & TemplateOwner & Pick<UncheckedEnvironment, "ecs">,
): Statement[] {
  const foreign = foreignTemplateArns(environment);
  return [
    ...fillStatements(environment),
    ...(foreign.length > 0 ? templatePermission(foreign) : []),
    ...(hasScheduledTasks(environment) ? scheduleStart(environment) : []),
    ...(hasExec(environment) ? [execChannels] : []),
  ];
}

function scheduleStart(environment: RegistryAddress & EnvironmentId): Statement[] {
  const { accountId, region, project, name } = environment;
  return scheduleBoundary({
    ...{ partition: partitionOf(region), accountId, region, project },
    ...{ environment: name, namePrefix: namePrefix(environment) },
  });
}
