import { autoModeBoundary } from "../../modules/ci/cluster-boundary";
import { templatePermission } from "../../modules/ecr/cache/template-permission";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { type EnvironmentId, type RegistryAddress, rolePath } from "../naming";
import { clusterName, eksRoleName } from "./eks";
import { fillStatements, type UpstreamUser } from "./private-upstreams";
import { foreignTemplateArns, type TemplateOwner } from "./templates";

/**
 * What the permissions boundary allows roles of an environment besides what all environments need: to read private registries for
 * caches, to create repositories under other prefixes, and what EKS Auto Mode does.
 *
 * @param hasAutoMode whether the file has `eks.autoMode`, on or off
 */
export function furtherBoundary(
  environment: UpstreamUser & TemplateOwner & EnvironmentId & RegistryAddress,
  hasAutoMode: boolean,
): Statement[] {
  const foreign = foreignTemplateArns(environment);
  return [
    ...fillStatements(environment),
    ...(foreign.length > 0 ? templatePermission(foreign) : []),
    ...(hasAutoMode ? autoMode(environment) : []),
  ];
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
