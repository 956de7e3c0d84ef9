import { valueAt } from "../../../modules/values/value-at";
import { attributeTexts } from "../attribute-text";
import { changedPaths } from "../changed-paths";
import { lossReasons } from "../loss-rule";
import { isExpectedReplacement } from "../plan-review";
import { replicationType, scanningType } from "../registry-loss";
import {
  type AttributePath,
  type Effect,
  effectOf,
  isUnknown,
  type ResourceChange,
  type TerraformPlan,
} from "../terraform-plan";
import { nameOf } from "../weakenings";

/** What happens to a resource, in Terraform's words. */
export type Action = "create" | "update" | "replace" | "delete";

/** A change of one resource: of a plan, or between two revisions. */
export interface Change {
  readonly stack: string;
  /** Terraform address, e.g. `aws_ecr_repository.web-app`. */
  readonly address: string;
  /** E.g. `aws_ecr_repository`. */
  readonly type: string;
  /** The resource's own name, or else its address. */
  readonly name: string;
  readonly action: Action;
  /** What differs; nothing for a resource that is created or deleted. */
  readonly attributes: readonly AttributeDelta[];
  /** Why it is replaced or deleted, each as a sentence or an attribute change. */
  readonly reasons: readonly string[];
  /** Why it needs no attention; `undefined` if it does. */
  readonly harmless?: Harmless;
}

/**
 * Only tags change; a lifecycle policy changes, which replaces it; a task definition gets a new revision, which replaces it; a
 * policy goes with its repository.
 */
type Harmless = "tags" | "lifecycle policy" | "new revision" | "goes with its repository";

/** A value that differs. */
export interface AttributeDelta {
  /** E.g. `encryption_configuration[0].kms_key`. */
  readonly path: string;
  /** E.g. `image_tag_mutability: "IMMUTABLE" -> "MUTABLE"`. Sensitive values are hidden. */
  readonly text: string;
  /** Whether it replaces the resource. */
  readonly forcesReplacement: boolean;
}

const actions: Readonly<Record<Effect, Action>> = {
  create: "create",
  change: "update",
  replace: "replace",
  destroy: "delete",
};

/** The changes of a stack, by address. @param plan of `terraform show -json`, or of two revisions */
export function changesIn(stack: string, plan: TerraformPlan): Change[] {
  const deleted = deletedRepositories(plan);
  return (plan.resource_changes ?? [])
    .flatMap((change) => {
      const effect = effectOf(change);
      return effect === undefined ? [] : [changeOf(stack, change, actions[effect], deleted)];
    })
    .toSorted((a, b) => (a.address < b.address ? -1 : 1));
}

function changeOf(
  stack: string,
  change: ResourceChange,
  action: Action,
  deleted: ReadonlySet<unknown>,
): Change {
  const isCompared = action === "update" || action === "replace";
  const { before, after, after_unknown: unknown, replace_paths: forced = [] } = change.change;
  const paths = isCompared ? changedPaths(before, after, unknown) : [];
  const harmless = whyHarmless(change, paths, deleted);
  return {
    stack,
    address: change.address,
    type: change.type,
    name: nameOf(change),
    action,
    attributes: attributesOf(change, paths, forced),
    reasons: action === "delete" || action === "replace" ? lossReasons(change).map(shortened) : [],
    ...(harmless !== undefined && { harmless }),
  };
}

function whyHarmless(
  change: ResourceChange,
  paths: readonly AttributePath[],
  deleted: ReadonlySet<unknown>,
): Harmless | undefined {
  if (isExpectedReplacement(change)) return "lifecycle policy";
  if (isNewRevision(change)) return "new revision";
  const isTag = ([argument]: AttributePath) => argument === "tags" || argument === "tags_all";
  if (effectOf(change) === "change" && paths.length > 0 && paths.every(isTag)) return "tags";
  return goesWithRepository(change, deleted) ? "goes with its repository" : undefined;
}

/**
 * Every change of a task definition registers a new revision of its family. Tasks and services that use the old one keep
 * running until the service changes.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
 */
const isNewRevision = (change: ResourceChange): boolean =>
  change.type === "aws_ecs_task_definition" &&
  effectOf(change) === "replace" &&
  valueAt(change.change.before, ["family"]) === valueAt(change.change.after, ["family"]);

/** ECR deletes the policies of a repository with it. */
const goesWithRepository = (change: ResourceChange, deleted: ReadonlySet<unknown>): boolean =>
  /^aws_ecr_(?:lifecycle|repository)_policy$/.test(change.type) &&
  effectOf(change) === "destroy" &&
  deleted.has(valueAt(change.change.before, ["repository"]));

/** Names of the repositories that a plan deletes. */
const deletedRepositories = ({ resource_changes: changes = [] }: TerraformPlan): ReadonlySet<unknown> =>
  new Set(
    changes
      .filter((change) => change.type === "aws_ecr_repository" && effectOf(change) === "destroy")
      .map(({ change }) => valueAt(change.before, ["name"])),
  );

function attributesOf(
  change: ResourceChange,
  paths: readonly AttributePath[],
  forced: readonly AttributePath[],
): AttributeDelta[] {
  if ([scanningType, replicationType].includes(change.type) && paths.length > 0)
    return [{ path: "rules", text: "the rules change: see each repository", forcesReplacement: false }];
  return paths.flatMap((path) => {
    const forcesReplacement = forced.some((prefix) => prefix.every((key, index) => path[index] === key));
    if (isNoise(change, path, { forcesReplacement })) return [];
    return attributeTexts(change, path).map((found) => ({
      path: found.path,
      text: shortened(found.text),
      forcesReplacement,
    }));
  });
}

/**
 * What says nothing: what AWS sets anew with every update; of a resource that is replaced, also what AWS chooses for the new
 * one. An empty text is the same as none.
 */
function isNoise(
  change: ResourceChange,
  path: AttributePath,
  { forcesReplacement }: Pick<AttributeDelta, "forcesReplacement">,
): boolean {
  if (forcesReplacement) return false;
  if (change.type === "aws_lambda_function" && path[0] === "last_modified") return true;
  if (isUnknown(change, path)) return effectOf(change) === "replace";
  return [change.change.before, change.change.after].every((side) => (valueAt(side, path) ?? "") === "");
}

/** Longest text of an attribute, in characters: two images with their digests fit. */
const longest = 500;

const shortened = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest)}…`);
