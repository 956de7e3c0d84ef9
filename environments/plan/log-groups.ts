import { controlPlaneLogGroup } from "../../modules/eks/control-plane-log";
import { functionLogGroup } from "../../modules/lambda/execution-policy";
import type { Environment } from "../environment";
import {
  clusterName,
  ecsLogGroupPrefix,
  eventLogGroupPrefix,
  functionName,
  vpcLogGroupPrefix,
} from "../naming";

/** What the names of an environment's log groups begin with: those that its logs key encrypts. */
export function logGroupPrefixes(environment: Environment): string[] {
  const { network, ecs, eks, lambda } = environment;
  return [
    `${eventLogGroupPrefix(environment)}/`,
    ...(network?.kind === "own" ? [`${vpcLogGroupPrefix(environment)}/`] : []),
    ...(ecs ? [ecsLogGroupPrefix(environment)] : []),
    ...(eks ? [controlPlaneLogGroup(clusterName(environment))] : []),
    ...(lambda ? [functionLogGroup(functionName(environment, ""))] : []),
  ];
}
