import { valueAt } from "../../modules/values/value-at";
import { forcesNew } from "../review/revisions/forced-new";
import { resolved } from "../review/revisions/references";
import type { DeclaredResource } from "../review/revisions/stack-json";
import type { AttributePath } from "../review/terraform-plan";
import type { StoredResource } from "../states/moves";

/** A resource that Terraform replaces, and the argument that forces it. */
export interface ForcedReplacement {
  readonly address: string;
  /** E.g. `encryption_configuration[0].encryption_type`. */
  readonly path: AttributePath;
  readonly before: Scalar;
  readonly after: Scalar;
}

type Scalar = string | number | boolean;

/**
 * Types of which every change is a replacement, and nothing is lost with it: Terraform deletes the old lifecycle policy and
 * creates the new one, and a task definition has revisions.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/49624
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
const expected = ["aws_ecr_lifecycle_policy", "aws_ecs_task_definition"];

/**
 * The replacements that follow from arguments alone. References to what AWS chooses are not compared: Terraform's plan says
 * whether they change.
 *
 * @param stored the resources of the state, by the address that they get
 */
export function replacementsOf(
  declared: ReadonlyMap<string, DeclaredResource>,
  stored: ReadonlyMap<string, StoredResource>,
): ForcedReplacement[] {
  return [...declared].flatMap(([address, resource]) => {
    const attributes = stored.get(address)?.instances?.[0]?.attributes;
    if (attributes === undefined || expected.includes(resource.type)) return [];
    const values = resolved(resource.values, declared) as object;
    return scalarsIn(values, resource)
      .map(([path, after]) => ({ address, path, before: valueAt(attributes, path), after }))
      .filter(
        (one): one is ForcedReplacement => typeof one.before === typeof one.after && one.before !== one.after,
      );
  });
}

/** The scalars that force a replacement and are known before Terraform runs. */
function scalarsIn(
  value: unknown,
  resource: DeclaredResource,
  path: AttributePath = [],
): (readonly [path: AttributePath, value: Scalar])[] {
  if (typeof value === "object" && value !== null) {
    // The state may have the items of a set in another order.
    if (Array.isArray(value) && value.length > 1) return [];
    const entries: (readonly [string | number, unknown])[] = Array.isArray(value)
      ? value.map((item, index) => [index, item] as const)
      : Object.entries(value);
    return entries.flatMap(([key, inner]) => scalarsIn(inner, resource, [...path, key]));
  }
  const isKnown = typeof value === "number" || typeof value === "boolean" || isLiteral(value);
  const isIgnored = resource.ignored.includes(String(path[0]));
  return isKnown && !isIgnored && forcesNew(resource.type, path) ? [[path, value as Scalar]] : [];
}

const isLiteral = (value: unknown): boolean => typeof value === "string" && !/[$%]\{/.test(value);
