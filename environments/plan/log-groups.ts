import { eventLogGroupPrefix, vpcLogGroupPrefix } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import { kindsIn } from "./consumers";
import type { Environment } from "./environment";

/** Prefixes of an environment's log groups. The logs key encrypts all of them. */
export function logGroupPrefixes(environment: Environment): string[] {
  return [
    `${eventLogGroupPrefix(environment)}/`,
    ...(environment.network?.kind === "own" ? [`${vpcLogGroupPrefix(environment)}/`] : []),
    ...kindsIn(environment as UncheckedEnvironment).map((kind) => kind.logGroupPrefix(environment)),
  ];
}
