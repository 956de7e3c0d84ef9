import { layers } from "../../../environments/naming";
import { valueAt } from "../../../modules/values/value-at";
import { reviewPlan } from "../plan-review";
import { replicationType, scanningType } from "../registry-loss";
import { revisionPlan } from "../revisions/revision-plan";
import { placeOf, resourcesOf, type StackJson, type Stacks } from "../revisions/stack-json";
import { accessDeltas } from "./access";
import { type Action, type Change, changesIn } from "./change";
import { repositoriesAt, repositoryDeltas } from "./registry";
import type { Report, StackReport } from "./report";
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
  return { schemaVersion: 1, ...revisions, verdict: verdictOn(stacks), stacks };
}

function stackReport(stack: string, base: Stacks, head: Stacks): StackReport {
  const [before, after] = [base[stack], head[stack]];
  if (before !== undefined && after === undefined)
    return { ...nothing(stack), status: "gone", abandoned: resourcesOf(before).size };
  const plan = revisionPlan(before, after);
  const { accountId = "" } = placeOf(after ?? {});
  const changes = changesIn(stack, plan);
  const listed = repositoryNames(after, [head]);
  const { losses, weakenings, registryLosses, outputs } = reviewPlan(plan, {
    layer: layers.find((layer) => stack.startsWith(`${layer}-`)) ?? "compute",
    stateBucket: stateBucket(before),
    environment: anyListed,
    accountId,
    repositories: repositoryNames(after, [base, head]).map((name) => ({
      name,
      environment: listed.includes(name) ? anyListed : undefined,
    })),
  });
  const settings = before === undefined ? [] : settingsChanged(before, after ?? {});
  const report = {
    ...nothing(stack),
    counts: countsOf(changes),
    outputs: before === undefined ? 0 : outputs,
    changes,
    losses,
    weakenings: [...registryLosses, ...weakenings],
    access: accessDeltas(plan, accountId),
    repositories:
      isRegistry(before) || isRegistry(after)
        ? repositoryDeltas({ registry: before, stacks: base }, { registry: after, stacks: head })
        : [],
    settings: settings.filter(({ isTag }) => !isTag).map(({ text }) => text),
    defaultTags: settings.some(({ isTag }) => isTag),
  };
  const isChanged = changes.length + report.outputs + report.repositories.length + settings.length > 0;
  return { ...report, status: before === undefined ? "new" : isChanged ? "changed" : "unchanged" };
}

/** Stands for every environment of the head: what its own file asks for, no other environment takes from it. */
const anyListed = { project: "", name: "" };

const nothing = (stack: string): StackReport => ({
  stack,
  status: "unchanged",
  counts: { create: 0, update: 0, replace: 0, delete: 0 },
  abandoned: 0,
  outputs: 0,
  changes: [],
  losses: [],
  weakenings: [],
  access: [],
  repositories: [],
  settings: [],
  defaultTags: false,
});

/** Whether a stack has settings that every repository of an account and Region shares. */
const isRegistry = ({ resource = {} }: StackJson = {}): boolean =>
  [scanningType, replicationType].some((type) => Object.hasOwn(resource, type));

/** Names of all repositories of a registry, in any of these revisions. */
const repositoryNames = (registry: StackJson | undefined, revisions: readonly Stacks[]): string[] =>
  registry !== undefined && isRegistry(registry)
    ? [...new Set(revisions.flatMap((stacks) => repositoriesAt(registry, stacks)))]
    : [];

function countsOf(changes: readonly Change[]): Record<Action, number> {
  const counts: Record<Action, number> = { create: 0, update: 0, replace: 0, delete: 0 };
  for (const { action } of changes) counts[action] += 1;
  return counts;
}

function stateBucket(stack: StackJson | undefined): string | undefined {
  const bucket = valueAt(stack, ["terraform", "backend", "s3", "bucket"]);
  return typeof bucket === "string" ? bucket : undefined;
}
