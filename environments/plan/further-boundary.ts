import { autoModeBoundary } from "../../modules/ci/cluster-boundary";
import { scheduleBoundary } from "../../modules/ci/schedule-permission";
import { pullActions } from "../../modules/ecr/access/image-actions";
import { templatePermission } from "../../modules/ecr/cache/template-permission";
import { execChannels } from "../../modules/ecs/exec-permission";
import { infrastructureBoundary } from "../../modules/ecs/infrastructure-role";
import { partitionOf } from "../../modules/iam/aws-partition";
import { allow, type Statement } from "../../modules/iam/policy-document";
import { type EnvironmentId, namePrefix, type RegistryAddress, rolePath } from "../naming";
import { needsInfrastructureRole } from "./ecs-deployment";
import { hasExec } from "./ecs-exec";
import { hasScheduledTasks } from "./ecs-schedule";
import { fileBoundaryOf } from "./ecs-volume";
import { clusterName, eksRoleName } from "./eks";
import type { Environment } from "./environment";
import { otherRepositoryArns } from "./other-registries";
import { fillStatements } from "./private-upstreams";
import { foreignTemplateArns } from "./templates";

/**
 * What roles of an environment do beyond what those of every environment do, so that the permissions boundary allows it: read
 * private registries for caches, create repositories under other prefixes, pull images of other accounts, shift the traffic of
 * load balancers, whose target groups have names that Terraform makes, start scheduled tasks, open sessions of ECS Exec, and what
 * EKS Auto Mode does.
 */
export function furtherBoundary(environment: Environment): Statement[] {
  const { accountId, region, ecs, eks } = environment;
  const foreign = foreignTemplateArns(environment);
  // EKS pulls from other accounts anyway, for add-ons.
  const others = otherRepositoryArns(environment, ["ecs"]);
  return [
    ...fillStatements(environment),
    ...(foreign.length > 0 ? templatePermission(foreign) : []),
    ...(others.length > 0 ? [allow("ImagesOfOtherAccounts", pullActions, others)] : []),
    ...(needsInfrastructureRole(ecs)
      ? infrastructureBoundary({ partition: partitionOf(region), accountId, region })
      : []),
    ...(hasScheduledTasks(environment) ? scheduleStart(environment) : []),
    ...(hasExec(environment) ? [execChannels] : []),
    ...fileBoundaryOf(environment),
    // Even if it is off, its nodes keep their role.
    ...(eks?.autoMode !== undefined ? autoMode(environment) : []),
  ];
}

function scheduleStart(environment: RegistryAddress & EnvironmentId): Statement[] {
  const { accountId, region, project, name } = environment;
  return scheduleBoundary({
    ...{ partition: partitionOf(region), accountId, region, project },
    ...{ environment: name, namePrefix: namePrefix(environment) },
  });
}

function autoMode(environment: EnvironmentId & RegistryAddress): Statement[] {
  const { accountId, region } = environment;
  const role = `${rolePath(environment)}${eksRoleName(environment, "auto")}`;
  return autoModeBoundary({
    region,
    clusterName: clusterName(environment),
    nodeRoleArn: `arn:${partitionOf(region)}:iam::${accountId}:role${role}`,
  });
}
