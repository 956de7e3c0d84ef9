import type { RegistryPlan } from "../../plan/registry-plan";
import { registrySum } from "../../plan/registry-sum";
import type { Problem } from "../../schema/problem";

/** Requests of repositories that one registry cannot satisfy together, reported at the first repository concerned. */
export function registryConflicts(plan: RegistryPlan): Problem[] {
  const { requests, scanning, replication } = registrySum(plan);
  const declared = new Map(requests.map((request) => [request.name, request]));
  const conflicts = [...scanning.conflicts, ...replication.conflicts];
  const { accountId, region, replicating } = plan;
  const place = replicating.length === 0 ? "" : ` (registry of ${accountId} in ${region}, with replicas)`;
  return conflicts.flatMap(({ names: [first = ""], option, advice }): Problem[] => {
    const request = declared.get(first);
    if (request === undefined) return [];
    return [
      {
        ...{ file: request.file, path: [...request.path, option], found: request.options[option] },
        advice: `${advice}${place}`,
      },
    ];
  });
}
