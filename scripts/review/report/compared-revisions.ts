import { layers } from "../../../environments/naming";
import { valueAt } from "../../../modules/values/value-at";
import { withoutSecrets, withoutSensitiveValues } from "../hidden-values";
import type { ImageSource } from "../lifecycle/lifecycle-delta";
import { type RolesByAccount, rolesBetween } from "../new-roles";
import { reviewPlan } from "../plan-review";
import { replicationType, scanningType } from "../registry-loss";
import { afterMoves, movedBetween } from "../revisions/moved-resources";
import { revisionPlan } from "../revisions/revision-plan";
import { placeOf, resourcesOf, type StackJson, type Stacks } from "../revisions/stack-json";
import { repositoriesAt, repositoryDeltas } from "./registry";
import type { Report, StackReport } from "./report";
import { nothingIn, planned } from "./stack-report";
import { settingsChanged } from "./stack-settings";
import { verdictOn } from "./verdict";

/**
 * Compare two revisions.
 *
 * @param revisions what to call them
 * @param images of the repositories whose lifecycle policies change. @default - nobody looks at them
 */
export function reportOn(
  base: Stacks,
  head: Stacks,
  revisions: { readonly base: string; readonly head: string },
  images?: ImageSource,
): Report {
  const names = [...new Set([...Object.keys(base), ...Object.keys(head)])].toSorted();
  const moves = movedBetween(base, head);
  const moved = afterMoves(base, moves);
  const revisionsOf = { base, moved, head, newRoles: rolesBetween(base, head) };
  const stacks = names.map((stack) => stackReport(stack, revisionsOf, images));
  return withoutSecrets({
    ...{ schemaVersion: 1, source: "revisions" },
    ...{ ...revisions, verdict: verdictOn(stacks, moves.length), moves, stacks },
  } satisfies Report);
}

interface Compared {
  readonly base: Stacks;
  /** The base after the moves between states. */
  readonly moved: Stacks;
  readonly head: Stacks;
  readonly newRoles: RolesByAccount;
}

function stackReport(
  stack: string,
  { base, moved, head, newRoles }: Compared,
  images: ImageSource | undefined,
): StackReport {
  const [before, after] = [base[stack], head[stack]];
  if (before !== undefined && after === undefined)
    return { ...nothingIn(stack), status: "gone", abandoned: resourcesOf(moved[stack] ?? {}).size };
  const { accountId = "" } = placeOf(after ?? {});
  const listed = repositoryNames(after, [head]);
  const plan = {
    ...withoutSensitiveValues(revisionPlan(moved[stack], after)),
    new_roles: newRoles.get(accountId) ?? new Set(),
  };
  const review = reviewPlan(plan, {
    layer: layers.find((layer) => stack.startsWith(`${layer}-`)) ?? "compute",
    stateBucket: stateBucket(before),
    environment: anyListed,
    accountId,
    repositories: repositoryNames(after, [base, head]).map((name) => ({
      name,
      environment: listed.includes(name) ? anyListed : undefined,
    })),
  });
  const report = planned(stack, plan, review, accountId, images);
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

/** Stands for every environment of the head: what its own file asks for, no other environment takes from it. */
const anyListed = { project: "", name: "" };

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
