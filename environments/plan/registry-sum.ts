import { compileReplication } from "../../modules/ecr/registry/replication-settings";
import { compileScanning } from "../../modules/ecr/registry/scanning-settings";
import { includedRequests } from "./included-requests";
import { cacheRequests, cacheRequestsOfOthers } from "./pull-through-caches";
import type { RegistryPlan } from "./registry-plan";
import { type DeclaredRequest, requestsIn } from "./registry-requests";

/** The requests of all repositories that share a registry. An unmanaged repository in several files counts once. */
function sharedRequests(plan: RegistryPlan): DeclaredRequest[] {
  return [...new Map(requestsIn(plan).map((one) => [one.name, one])).values()];
}

/**
 * The settings of a registry, computed from the requests of all its environments. Rules, the registry layer and
 * `registry explain` use them.
 */
export interface RegistrySum {
  readonly requests: readonly DeclaredRequest[];
  readonly scanning: ReturnType<typeof compileScanning>;
  readonly replication: ReturnType<typeof compileReplication>;
}

/** Compute the settings of a registry. */
export function registrySum(plan: RegistryPlan): RegistrySum {
  const requests = sharedRequests(plan);
  return {
    requests,
    scanning: compileScanning(requests),
    replication: compileReplication([
      ...requests,
      ...plan.environments.flatMap(cacheRequests),
      ...cacheRequestsOfOthers(includedRequests(plan)),
    ]),
  };
}
