import { compileReplication } from "../../../modules/ecr/registry/replication-settings";
import { compileScanning } from "../../../modules/ecr/registry/scanning-settings";
import { cacheRequests } from "../../plan/pull-through-caches";
import { type RegistryPlan, sharedRequests } from "../../plan/registry";
import type { Problem } from "../../schema/problem";

/** What the registry cannot do for all its repositories together, at the first repository concerned. */
export function registryConflicts(plan: RegistryPlan): Problem[] {
  const requests = sharedRequests(plan);
  const declared = new Map(requests.map((request) => [request.name, request]));
  const conflicts = [
    ...compileScanning(requests).conflicts,
    ...compileReplication([...requests, ...plan.environments.flatMap(cacheRequests)]).conflicts,
  ];
  return conflicts.flatMap(({ names: [first = ""], option, advice }): Problem[] => {
    const request = declared.get(first);
    if (request === undefined) return [];
    return [{ file: request.source, path: [...request.path, option], found: request.wishes[option], advice }];
  });
}
