import type { Environment } from "../../plan/environment";
import type { Problem } from "../../schema/problem";

/** A problem for each environment with the same key as an earlier one. */
export function repeated(
  environments: readonly Environment[],
  keyOf: (environment: Environment) => string,
  problem: (environment: Environment, earlier: Environment) => Problem,
): Problem[] {
  return environments.flatMap((environment, index) => {
    const earlier = environments.slice(0, index).find((other) => keyOf(other) === keyOf(environment));
    return earlier ? [problem(environment, earlier)] : [];
  });
}
