import { layers } from "../../../environments/naming";
import { valueAt } from "../../../modules/values/value-at";
import { withoutSecrets, withoutSensitiveValues } from "../hidden-values";
import { replicationType, scanningType } from "../registry-loss";
import { revisionPlan } from "../revisions/revision-plan";
import { placeOf, resourcesOf, type StackJson, type Stacks } from "../revisions/stack-json";
import { repositoriesAt, repositoryDeltas } from "./registry";
import type { Report, StackReport } from "./report";
import { nothingIn, planned } from "./stack-report";
import { settingsChanged } from "./stack-settings";
import { verdictOn } from "./verdict";

/** Compare two revisions. @param revisions what to call them */
export function reportOn(
  base: Stacks,
  head: Stacks,
  revisions: { readonly base: string; readonly head: string },
): Report {
  const names = [...new Set([...Object.keys(base), ...Object.keys(head)])].toSorted();
  const stacks = names.map((stack) => stackReport(stack, base, head));
  return withoutSecrets({
    ...{ schemaVersion: 1, source: "revisions" },
    ...{ ...revisions, verdict: verdictOn(stacks), stacks },
  } satisfies Report);
}

function stackReport(stack: string, base: Stacks, head: Stacks): StackReport {
  const [before, after] = [base[stack], head[stack]];
  if (before !== undefined && after === undefined)
    return { ...nothingIn(stack), status: "gone", abandoned: resourcesOf(before).size };
  const { accountId = "" } = placeOf(after ?? {});
  const report = planned(stack, withoutSensitiveValues(revisionPlan(before, after)), {
    layer: layers.find((layer) => stack.startsWith(`${layer}-`)) ?? "compute",
    stateBucket: stateBucket(before),
    // Whom a repository belongs to is not looked at here: every loss is named.
    environment: { project: "", name: "" },
    accountId,
    repositories: repositoryNames(after, [base, head]).map((name) => ({ name, environment: undefined })),
  });
  const repositories =
    isRegistry(before) || isRegistry(after)
      ? repositoryDeltas({ registry: before, stacks: base }, { registry: after, stacks: head })
      : [];
  if (before === undefined) return { ...report, status: "new", outputs: 0, repositories };
  const settings = settingsChanged(before, after ?? {});
  const isChanged = report.status === "changed" || repositories.length + settings.length > 0;
  return {
    ...report,
    status: isChanged ? "changed" : "unchanged",
    repositories,
    settings: settings.filter(({ isTag }) => !isTag).map(({ text }) => text),
    defaultTags: settings.some(({ isTag }) => isTag),
  };
}

/** Whether a stack has settings that every repository of an account and Region shares. */
const isRegistry = ({ resource = {} }: StackJson = {}): boolean =>
  [scanningType, replicationType].some((type) => Object.hasOwn(resource, type));

/** Names of all repositories of a registry, in any of these revisions. */
const repositoryNames = (registry: StackJson | undefined, revisions: readonly Stacks[]): string[] =>
  registry !== undefined && isRegistry(registry)
    ? [...new Set(revisions.flatMap((stacks) => repositoriesAt(registry, stacks)))]
    : [];

function stateBucket(stack: StackJson | undefined): string | undefined {
  const bucket = valueAt(stack, ["terraform", "backend", "s3", "bucket"]);
  return typeof bucket === "string" ? bucket : undefined;
}
