import { ownSids } from "../modules/ecr/repository-policy";
import { takesExclusionFilters } from "../modules/ecr/tag-mutability";
import type { RepositoryCandidate } from "./ecr-options";
import { lifecycleRules } from "./lifecycle-choice";
import type { RuleContext } from "./rule";

/** Rules between the options of one repository. */
export function repositoryRules(repository: RepositoryCandidate, context: RuleContext): void {
  scanning(repository, context);
  mutability(repository, context);
  lifecycleRules(repository, context);
  crossAccount(repository, context);
  replication(repository, context);
  statements(repository, context);
}

function scanning(
  { scanOnPush, enableEnhancedScanning, scanFrequency }: RepositoryCandidate,
  { problem }: RuleContext,
): void {
  const at = ["scanFrequency"];
  if (scanFrequency === "CONTINUOUS_SCAN" && enableEnhancedScanning === false)
    problem(
      at,
      scanFrequency,
      "basic scanning is not continuous; set enableEnhancedScanning: true or use SCAN_ON_PUSH",
    );
  if (scanFrequency === "MANUAL" && enableEnhancedScanning === true)
    problem(
      at,
      scanFrequency,
      "enhanced scanning has no manual scans; use SCAN_ON_PUSH or CONTINUOUS_SCAN, or set enableEnhancedScanning: false",
    );
  if (scanFrequency === "MANUAL" && scanOnPush === true)
    problem(at, scanFrequency, "scanOnPush is true; set scanOnPush: false or use SCAN_ON_PUSH");
  if (scanFrequency === undefined && enableEnhancedScanning === true && scanOnPush === false)
    problem(
      ["scanOnPush"],
      scanOnPush,
      "enhanced scanning scans on push and has no manual scans; remove it or set enableEnhancedScanning: false",
    );
  if ((scanFrequency === "SCAN_ON_PUSH" || scanFrequency === "CONTINUOUS_SCAN") && scanOnPush === false)
    problem(
      ["scanOnPush"],
      scanOnPush,
      `${scanFrequency} scans images when they are pushed; remove scanOnPush: false or scanFrequency`,
    );
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
}

function crossAccount(
  { enableCrossAccountAccess, allowedAccountIds }: RepositoryCandidate,
  { problem }: RuleContext,
): void {
  if (!Array.isArray(allowedAccountIds)) return;
  if (enableCrossAccountAccess === true && allowedAccountIds.length === 0)
    problem(
      ["allowedAccountIds"],
      undefined,
      "enableCrossAccountAccess is true but no account may pull; list the account ids or set it to false",
    );
  if (enableCrossAccountAccess === false && allowedAccountIds.length > 0)
    problem(
      ["enableCrossAccountAccess"],
      false,
      "allowedAccountIds lists accounts that could not pull; set enableCrossAccountAccess: true or remove the ids",
    );
  allowedAccountIds.forEach((id, index) => {
    if (allowedAccountIds.indexOf(id) < index)
      problem(["allowedAccountIds", index], id, "this account is listed twice; remove it here");
  });
}

function replication(
  { enableReplication, replicationDestinations }: RepositoryCandidate,
  { problem }: RuleContext,
): void {
  if (!Array.isArray(replicationDestinations)) return;
  if (enableReplication === true && replicationDestinations.length === 0)
    problem(
      ["replicationDestinations"],
      undefined,
      "enableReplication is true but there is no destination; add { region } or set it to false",
    );
  if (enableReplication === false && replicationDestinations.length > 0)
    problem(
      ["enableReplication"],
      false,
      "replicationDestinations would not be used; set enableReplication: true or remove them",
    );
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
