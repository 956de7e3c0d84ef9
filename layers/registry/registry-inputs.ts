import type { Environment } from "../../environments/environment";
import { hasCaches, usesCredentials } from "../../environments/plan/pull-through-caches";
import type { Contract } from "../contract";
import { pullThroughCacheContract, secretsContract, securityContract } from "../security/security.contract";

/** Contracts that a registry reads from the security layer of an environment that has a part in it. */
export function registryInputs(environment: Environment): Contract {
  if (!hasCaches(environment)) return {};
  return {
    ...securityContract,
    ...pullThroughCacheContract,
    ...(usesCredentials(environment) && secretsContract),
  };
}
