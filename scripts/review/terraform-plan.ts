import { renderPath } from "../../environments/schema/problem";
import { valueAt } from "../../modules/values/value-at";
import { hiddenText } from "./hidden-word";

/** One resource in a plan. Values have the shape of the provider's schema; `*_unknown` and `*_sensitive` mark parts of them with `true`. */
export interface ResourceChange {
  /** Terraform address, e.g. `aws_ecr_repository.web-app`. */
  readonly address: string;
  /** Address in the state, if a `moved` block changes it. */
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** Why Terraform replaces or destroys it, e.g. `replace_because_cannot_update`. */
  readonly action_reason?: string;
  readonly change: {
    /** E.g. `["delete", "create"]` for a replacement, `["forget"]` for what only leaves the state. */
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown: unknown;
    readonly before_sensitive: unknown;
    readonly after_sensitive: unknown;
    /** The attributes that force a replacement. */
    readonly replace_paths?: readonly AttributePath[];
    /** Set if the plan imports the resource. */
    readonly importing?: unknown;
  };
}

/** Path of an attribute in a resource, e.g. `["encryption_configuration", 0, "kms_key"]`. */
export type AttributePath = readonly (string | number)[];

/**
 * The part of `terraform show -json <plan>` that the review reads.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface TerraformPlan {
  readonly format_version: string;
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
  /** Names of the roles that the stacks of a review create in the account. Terraform does not write it. @default - none */
  readonly new_roles?: ReadonlySet<string>;
}

/**
 * Parse the output of `terraform show -json` for a plan.
 *
 * @throws Error when its format has another major version, in which any field may have another meaning, or when it does
 *   something to a resource that nobody would review
 */
export function parsePlan(json: string): TerraformPlan {
  const plan = JSON.parse(json) as TerraformPlan;
  if (!/^1\./.test(plan.format_version))
    throw new Error(`Plan format version ${plan.format_version} is not supported; use Terraform 1.x.`);
  for (const { address, change } of plan.resource_changes ?? [])
    for (const action of change.actions)
      if (!actions.has(action))
        throw new Error(`The plan of ${address} has the action "${action}", which the review does not know.`);
  return plan;
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const actions: ReadonlySet<string> = new Set(["no-op", "create", "read", "update", "delete", "forget"]);

/** What a plan does to a resource. */
export type Effect = "create" | "change" | "replace" | "destroy";

/** Whether it only leaves the state, so that it stays in AWS. */
export const isForgotten = ({ mode, change: { actions } }: ResourceChange): boolean =>
  mode === "managed" && actions.includes("forget") && !actions.includes("create");

/**
 * The effect on one resource; `undefined` if there is none, or only the state changes. A replacement that leaves the old
 * resource in AWS (`create` and `forget`) counts as any other.
 */
export function effectOf({ mode, change: { actions } }: ResourceChange): Effect | undefined {
  if (mode !== "managed") return undefined;
  // Every rule asks for the effect of every resource, and most resources stay as they are.
  if (actions[0] === "no-op") return undefined;
  if (actions.includes("delete") || actions.includes("forget")) {
    if (actions.includes("create")) return "replace";
    return actions.includes("delete") ? "destroy" : undefined;
  }
  if (actions.includes("create")) return "create";
  return actions.includes("update") ? "change" : undefined;
}

/** An attribute with its old and new value, as `name: "a" -> "b"`. Values that Terraform hides stay hidden. */
export function attributeChange({ change }: ResourceChange, path: AttributePath): string {
  const before = isMarked(change.before_sensitive, path)
    ? "(sensitive value)"
    : render(valueAt(change.before, path));
  return `${renderPath(path)}: ${before} -> ${newValue(change, path)}`;
}

/** Whether the new value is known only after apply, or a part of it. */
export const isUnknown = ({ change }: ResourceChange, path: AttributePath): boolean =>
  isMarked(change.after_unknown, path);

function newValue(change: ResourceChange["change"], path: AttributePath): string {
  if (isMarked(change.after_sensitive, path)) return "(sensitive value)";
  if (isMarked(change.after_unknown, path)) return "(known after apply)";
  return render(valueAt(change.after, path));
}

/** A missing value is `null`, as in Terraform. */
const render = (value: unknown): string => hiddenText(value) ?? JSON.stringify(value ?? null);

/** Whether the value at a path is marked, or anything that contains it, or anything in it. */
function isMarked(marks: unknown, path: AttributePath): boolean {
  let inner = marks;
  for (const key of path) {
    if (typeof inner !== "object" || inner === null) return inner === true;
    inner = (inner as Record<string | number, unknown>)[key];
  }
  return holdsTrue(inner);
}

function holdsTrue(marks: unknown): boolean {
  if (typeof marks === "object" && marks !== null) return Object.values(marks).some(holdsTrue);
  return marks === true;
}
