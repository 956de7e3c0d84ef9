import type { Definition } from "../../../environments/environment";
import type { EnvironmentInput } from "../../../environments/options/environment";
import { minimal, only } from "./minimal";

export type EcrInput = NonNullable<EnvironmentInput["ecr"]>;

export type RepositoryInput = NonNullable<EcrInput["repositories"]>[string];

/** A development environment with one repository, `acme-test-app`. */
export function withRepository(
  options: RepositoryInput,
  change: Partial<EnvironmentInput> = {},
): Record<string, Definition> {
  return only({ ...minimal, ...change, ecr: { ...change.ecr, repositories: { app: options } } });
}
