import { type Definition, defineEnvironment } from "../../../environments/environment";
import type { EnvironmentInput } from "../../../environments/options/environment";

/** A development environment with nothing in it, as a start for tests. */
export const minimal = {
  name: "test",
  project: "acme",
  accountId: "111122223333",
  region: "eu-west-1",
  tier: "development",
  state: { backend: "local" },
} as const satisfies EnvironmentInput;

/** The definitions of one environment file. */
export function only(input: EnvironmentInput): Record<string, Definition> {
  return { [`environments/${input.name}.ts`]: defineEnvironment(input) };
}
