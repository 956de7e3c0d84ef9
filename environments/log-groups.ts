import { functionLogGroup } from "../modules/lambda/execution-policy";
import type { Environment } from "./environment";
import { ecsLogGroupPrefix, eventLogGroupPrefix, functionName, vpcLogGroupPrefix } from "./naming";

/** What the names of an environment's log groups begin with: those that its logs key encrypts. */
export function logGroupPrefixes(environment: Environment): string[] {
  const { network, ecs, lambda } = environment;
  return [
    `${eventLogGroupPrefix(environment)}/`,
    ...(network?.kind === "own" ? [`${vpcLogGroupPrefix(environment)}/`] : []),
    ...(ecs ? [ecsLogGroupPrefix(environment)] : []),
    ...(lambda ? [functionLogGroup(functionName(environment, ""))] : []),
  ];
}
