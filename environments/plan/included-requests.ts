import type { RegistryRequests } from "../options/shared-registry";
import type { Environment } from "./environment";

/** What the environment of another project requests from a registry, and the environment whose file includes it. */
export interface IncludedRequests {
  readonly environment: Environment;
  /** Its place in `ecr.registryRequests`. */
  readonly index: number;
  readonly requests: RegistryRequests;
}

/** The environments that use a registry, and its Region: see `RegistryPlan`. */
interface Users {
  readonly environments: readonly Environment[];
  readonly replicating: readonly Environment[];
  readonly region: string;
}

/** The requests of other projects that the files of a registry's owner include for it. */
export function includedRequests({ environments, replicating, region }: Users): IncludedRequests[] {
  return [...environments, ...replicating].flatMap((environment) => includedBy(environment, region));
}

/** Those of them that one environment includes. */
export function includedBy(environment: Environment, region: string): IncludedRequests[] {
  return environment.ecr.registryRequests.flatMap((requests, index) =>
    requests.region === region ? [{ environment, index, requests }] : [],
  );
}
