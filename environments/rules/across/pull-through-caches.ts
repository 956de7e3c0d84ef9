import { maxCacheRules } from "../../../modules/ecr/cache/cache-prefix";
import { type IncludedRequests, includedBy, includedRequests } from "../../plan/included-requests";
import type { RegistryPlan } from "../../plan/registry-plan";
import type { Problem } from "../../schema/problem";

/** Limits of a registry that the caches of all its environments exceed. */
export function cacheProblems(plan: RegistryPlan): Problem[] {
  return [...tooMany(plan), ...severalRoots(plan)];
}

/** Reported at each cache above the limit. */
function tooMany({ environments, replicating, region }: RegistryPlan): Problem[] {
  return [...environments, ...replicating]
    .flatMap((environment) => {
      const { file, region: home, ecr } = environment;
      return [
        ...cachesOfOthers(includedBy(environment, region)),
        ...Object.keys(home === region ? ecr.pullThroughCache : {}).map((name) => ({
          file,
          path: ["ecr", "pullThroughCache", name],
          found: name,
        })),
      ];
    })
    .slice(maxCacheRules)
    .map((cache) => ({
      ...cache,
      advice: `a registry allows ${maxCacheRules} pull-through caches, across all environments in the account and Region; remove some`,
    }));
}

/** The caches of other projects, and where a file includes them. */
function cachesOfOthers(included: readonly IncludedRequests[]) {
  return included.flatMap(({ environment: { file }, index, requests }) =>
    Object.keys(requests.pullThroughCaches).map((name) => ({
      file,
      path: ["ecr", "registryRequests", index, "pullThroughCaches", name],
      found: name,
    })),
  );
}

/** A prefix has one rule, and names of environments differ, so only ROOT can be there twice. */
function severalRoots(plan: RegistryPlan): Problem[] {
  const own = plan.environments.flatMap(({ file, ecr }) =>
    Object.entries(ecr.pullThroughCache)
      .filter(([, { prefix }]) => prefix === "ROOT")
      .map(([name]) => ({ file, path: ["ecr", "pullThroughCache", name, "prefix"] })),
  );
  const others = cachesOfOthers(includedRequests(plan)).filter(({ found }) => found === "ROOT");
  const roots = [...own, ...others];
  const [first] = roots;
  return roots.slice(1).map((root) => ({
    ...root,
    found: "ROOT",
    advice: `a registry has one cache with the prefix ROOT, and ${first?.file} declares one for the same account and Region; remove one of the two`,
  }));
}
