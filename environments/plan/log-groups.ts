import { insightsLogGroupPrefix } from "../../modules/ecs/insights-log-group";
import { eventLogGroupPrefix, namePrefix, vpcLogGroupPrefix } from "../naming";
import { consumerKinds, kindNames } from "./consumers";
import type { Environment } from "./environment";

/** Prefixes of an environment's log groups. The logs key encrypts all of them. */
export function logGroupPrefixes(environment: Environment): string[] {
  return [
    `${eventLogGroupPrefix(environment)}/`,
    ...(environment.network?.kind === "own" ? [`${vpcLogGroupPrefix(environment)}/`] : []),
    // By name, so that the order of the sections does not matter.
    ...kindNames
      .filter((kind) => environment[kind] !== undefined)
      .toSorted()
      .map((kind) => consumerKinds[kind].logGroupPrefix(environment)),
    ...(environment.ecs?.containerInsights === true ? [insightsLogGroupPrefix(namePrefix(environment))] : []),
  ];
}
