import { layers } from "../../../environments/naming";
import { valueAt } from "../../../modules/values/value-at";
import { reviewPlan } from "../plan-review";
import { replicationType, scanningType } from "../registry-loss";
import { afterMoves, movedBetween } from "../revisions/moved-resources";
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
  const moves = movedBetween(base, head);
  const moved = afterMoves(base, moves);
  const stacks = names.map((stack) => stackReport(stack, { base, moved, head }));
  return { schemaVersion: 1, ...revisions, verdict: verdictOn(stacks, moves.length), moves, stacks };
}

/** @param revisions `moved` is the base after the moves between states */
function stackReport(
  stack: string,
  { base, moved, head }: { readonly base: Stacks; readonly moved: Stacks; readonly head: Stacks },
): StackReport {
  const [before, after] = [base[stack], head[stack]];
  if (before !== undefined && after === undefined)
    return { ...nothing(stack), status: "gone", abandoned: resourcesOf(moved[stack] ?? {}).size };
  const plan = revisionPlan(moved[stack], after);
  const { accountId = "" } = placeOf(after ?? {});
  const changes = changesIn(stack, plan);
  const { losses, weakenings, registryLosses, outputs } = reviewPlan(plan, {
    layer: layers.find((layer) => stack.startsWith(`${layer}-`)) ?? "compute",
    stateBucket: stateBucket(before),
    // Whom a repository belongs to is not looked at here: every loss is named.
    environment: { project: "", name: "" },
    accountId,
    repositories: repositoryNames(after, [base, head]).map((name) => ({ name, environment: undefined })),
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
