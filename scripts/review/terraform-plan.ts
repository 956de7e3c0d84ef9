import { renderPath } from "../../environments/schema/problem";
import { valueAt } from "../../modules/values/value-at";

/** One resource in a plan. Values are as the provider's schema has them; marks repeat their shape with `true` leaves. */
export interface ResourceChange {
  /** Address in Terraform, e.g. `aws_ecr_repository.web-app`. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** Why Terraform replaces or deletes it, e.g. `replace_because_cannot_update`. */
  readonly action_reason?: string;
  readonly change: {
    /** E.g. `["delete", "create"]` for a replacement. */
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown: unknown;
    readonly before_sensitive: unknown;
    readonly after_sensitive: unknown;
    /** The attributes that force a replacement. */
    readonly replace_paths?: readonly AttributePath[];
  };
}

/** Where an attribute lies in a resource, e.g. `["encryption_configuration", 0, "kms_key"]`. */
export type AttributePath = readonly (string | number)[];

/**
 * The part of `terraform show -json <plan>` that is read here.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface TerraformPlan {
  readonly format_version: string;
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/**
 * Read what `terraform show -json` prints of a plan.
 *
 * @throws Error when it has another major version of the format, in which anything may mean something else
 */
export function parsePlan(json: string): TerraformPlan {
  const plan = JSON.parse(json) as TerraformPlan;
  if (!/^1\./.test(plan.format_version))
    throw new Error(`Plans of format version ${plan.format_version} are not known; use a Terraform 1.x.`);
  return plan;
}

/** What a plan does to a resource. */
export type Effect = "create" | "change" | "replace" | "destroy";

/** What a plan does to a resource; `undefined` when nothing, or when only the state changes. */
export function effectOf({ mode, change: { actions } }: ResourceChange): Effect | undefined {
  if (mode !== "managed") return undefined;
  if (actions.includes("delete")) return actions.includes("create") ? "replace" : "destroy";
  if (actions.includes("create")) return "create";
  return actions.includes("update") ? "change" : undefined;
}

/** An attribute with its old and new value, as `name: "a" -> "b"`. What Terraform hides is hidden here, too. */
export function attributeChange({ change }: ResourceChange, path: AttributePath): string {
  const before = marked(change.before_sensitive, path)
    ? "(sensitive value)"
    : render(valueAt(change.before, path));
  return `${renderPath(path)}: ${before} -> ${after(change, path)}`;
}

function after(change: ResourceChange["change"], path: AttributePath): string {
  if (marked(change.after_sensitive, path)) return "(sensitive value)";
  if (marked(change.after_unknown, path)) return "(known after apply)";
  return render(valueAt(change.after, path));
}

/** Terraform's word for a value that is not there. */
const render = (value: unknown): string => JSON.stringify(value ?? null);

/** Whether a value, something around it or something inside it is marked. */
function marked(marks: unknown, path: AttributePath): boolean {
  const around = path.some((_, length) => valueAt(marks, path.slice(0, length)) === true);
  return around || holdsTrue(valueAt(marks, path));
}

function holdsTrue(marks: unknown): boolean {
  if (typeof marks === "object" && marks !== null) return Object.values(marks).some(holdsTrue);
  return marks === true;
}
