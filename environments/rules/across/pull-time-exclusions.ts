import { maxPullTimeExclusions } from "../../../modules/ecr/registry/pull-time-exclusions";
import { pullTimeExclusionsOf } from "../../plan/pull-time-exclusions";
import type { RegistryPlan } from "../../plan/registry-plan";
import type { Problem } from "../../schema/problem";

/** More principals than a registry can exclude, reported in the last file that requests any. */
export function exclusionProblems({ environments }: RegistryPlan): Problem[] {
  const { length } = pullTimeExclusionsOf(environments);
  if (length <= maxPullTimeExclusions) return [];
  const requesting = environments.filter(({ ecr }) => ecr.pullTimeExclusions.length > 0);
  const files = requesting.map(({ file }) => file).join(", ");
  return requesting.slice(-1).map(({ file, ecr }) => ({
    file,
    path: ["ecr", "pullTimeExclusions"],
    found: `${ecr.pullTimeExclusions.length} principals`,
    advice: `a registry excludes at most ${maxPullTimeExclusions} principals, and ${files} exclude ${length} for the same account and Region; remove some`,
  }));
}
