import { maxCacheRules } from "../../../modules/ecr/cache/cache-prefix";
import type { RegistryPlan } from "../../plan/registry";
import type { Problem } from "../../schema/problem";

/** Limits of a registry that the caches of all its environments exceed. */
export function cacheProblems(plan: RegistryPlan): Problem[] {
  return [...tooMany(plan), ...severalRoots(plan)];
}

/** Reported at each cache above the limit. */
function tooMany({ environments }: RegistryPlan): Problem[] {
  return environments
    .flatMap(({ file, ecr }) => Object.keys(ecr.pullThroughCache).map((name) => ({ file, name })))
    .slice(maxCacheRules)
    .map(({ file, name }) => ({
      file,
      path: ["ecr", "pullThroughCache", name],
      found: name,
      advice: `a registry allows ${maxCacheRules} pull-through caches, across all environments in the account and Region; remove some`,
    }));
}

/** A prefix has one rule, and names of environments differ, so only ROOT can be there twice. */
function severalRoots({ environments }: RegistryPlan): Problem[] {
  const roots = environments.flatMap(({ file, ecr }) =>
    Object.entries(ecr.pullThroughCache)
      .filter(([, { prefix }]) => prefix === "ROOT")
      .map(([name]) => ({ file, path: ["ecr", "pullThroughCache", name, "prefix"] })),
  );
  const [first] = roots;
  return roots.slice(1).map((root) => ({
    ...root,
    found: "ROOT",
    advice: `a registry has one cache with the prefix ROOT, and ${first?.file} declares one for the same account and Region; remove one of the two`,
  }));
}
