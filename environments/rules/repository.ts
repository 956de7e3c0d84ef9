import { ownSids } from "../../modules/ecr/access/repository-policy";
import { takesExclusionFilters } from "../../modules/ecr/tag-mutability";
import type { RepositoryCandidate } from "../options/ecr";
import { wishRules } from "../options/registry";
import type { RuleContext } from "../schema/rule";
import { accessRules } from "./access";
import { lifecycleRules } from "./lifecycle";

/** Rules between the options of one repository. */
export function repositoryRules(repository: RepositoryCandidate, context: RuleContext): void {
  wishRules(repository, context);
  mutability(repository, context);
  lifecycleRules(repository, context);
  accessRules(repository, context);
  statements(repository, context);
}

/** Rules between the mode of tags and its filters. */
export function mutability(
  {
    imageTagMutability: mode,
    imageTagMutabilityExclusionFilters: filters,
  }: Pick<RepositoryCandidate, "imageTagMutability" | "imageTagMutabilityExclusionFilters">,
  { problem }: RuleContext,
): void {
  if (typeof mode !== "string" || !Array.isArray(filters)) return;
  const takes = takesExclusionFilters(mode);
  const at = ["imageTagMutabilityExclusionFilters"];
  if (takes && filters.length === 0)
    problem(at, undefined, `${mode} needs filters; add some or use ${mode.replace("_WITH_EXCLUSION", "")}`);
  if (!takes && filters.length > 0)
    problem(at, filters, `${mode} takes no filters; remove them or use ${mode}_WITH_EXCLUSION`);
  filters.forEach((filter, index) => {
    if (filters.indexOf(filter) < index)
      problem([...at, index], filter, "this filter is listed twice; remove it here");
  });
}

const testAndVariable = (condition: { test?: unknown; variable?: unknown } | undefined): string =>
  `${condition?.test} ${condition?.variable}`;

function statements({ repositoryPolicyStatements }: RepositoryCandidate, { problem }: RuleContext): void {
  if (!Array.isArray(repositoryPolicyStatements)) return;
  const taken = new Set<string>(Object.values(ownSids));
  repositoryPolicyStatements.forEach((statement, index) => {
    const at = ["repositoryPolicyStatements", index];
    const sid = statement?.sid;
    if (sid !== undefined && taken.has(sid))
      problem([...at, "sid"], sid, "another statement of the policy has this sid; rename it");
    if (sid !== undefined) taken.add(sid);
    const conditions: NonNullable<typeof statement>["conditions"] = statement?.conditions;
    const keys = Array.isArray(conditions) ? conditions.map(testAndVariable) : [];
    keys.forEach((key, position) => {
      if (keys.indexOf(key) < position)
        problem(
          [...at, "conditions", position],
          conditions?.[position],
          "an earlier condition has this test and variable; put the values together in one",
        );
    });
  });
}
