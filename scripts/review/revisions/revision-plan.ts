import { valueAt } from "../../../modules/values/value-at";
import { changedPaths } from "../changed-paths";
import type { AttributePath, ResourceChange, TerraformPlan } from "../terraform-plan";
import { forcesNew, isSetInPlace } from "./forced-new";
import { isReference, referencesIn, resolved } from "./references";
import { type DeclaredResource, resourcesOf, type StackJson } from "./stack-json";

/** A resource in both revisions. References to literal arguments are replaced by them. */
interface Pair {
  readonly address: string;
  /** Address before, if a `moved` block changes it. */
  readonly from?: string | undefined;
  readonly before: DeclaredResource | undefined;
  readonly after: DeclaredResource | undefined;
}

/**
 * What Terraform would plan to get from one revision of a stack to another, if AWS has what the first one declares. It has
 * the form of a plan, so the same rules read both. What AWS chooses, such as ARNs, is a reference as text, or unknown if
 * the resource that has it is replaced.
 *
 * @param before `undefined` if the stack is new
 * @param after `undefined` if the stack is gone
 */
export function revisionPlan(before: StackJson = {}, after: StackJson = {}): TerraformPlan {
  const pairs = pairsOf(before, after);
  const replaced = replacedIn(pairs);
  const outputs = changedPaths(before.output, after.output).map(([name = ""]) => String(name));
  return {
    format_version: "1.2",
    resource_changes: pairs.map((pair) => resourceChange(pair, replaced)),
    output_changes: Object.fromEntries([...new Set(outputs)].map((name) => [name, { actions: ["update"] }])),
  };
}

function pairsOf(before: StackJson, after: StackJson): Pair[] {
  const [old, current] = [new Map(resourcesOf(before)), resourcesOf(after)];
  const former = new Map<string, string>();
  for (const { from, to } of after.moved ?? []) {
    const moved = old.get(from);
    if (moved === undefined || old.has(to)) continue;
    old.set(to, { ...moved, address: to });
    old.delete(from);
    former.set(to, from);
  }
  const literal = (declared: DeclaredResource | undefined, all: typeof current) =>
    declared && { ...declared, values: resolved(declared.values, all) as DeclaredResource["values"] };
  return [...new Set([...old.keys(), ...current.keys()])].toSorted().map((address) => ({
    address,
    from: former.get(address),
    before: literal(old.get(address), old),
    after: withIgnored(literal(current.get(address), current), old.get(address)),
  }));
}

/** With the old values of arguments of which Terraform ignores changes. */
function withIgnored(after: DeclaredResource | undefined, before: DeclaredResource | undefined) {
  if (after === undefined || before === undefined) return after;
  const kept = after.ignored.map((argument) => [argument, before.values[argument]] as const);
  return { ...after, values: { ...after.values, ...Object.fromEntries(kept) } };
}

/** The addresses of all resources that are replaced, also because what they refer to is. */
function replacedIn(pairs: readonly Pair[]): ReadonlySet<string> {
  const replaced = new Set<string>();
  let size = -1;
  while (size !== replaced.size) {
    size = replaced.size;
    for (const pair of pairs) if (forcedPaths(pair, replaced).length > 0) replaced.add(pair.address);
  }
  return replaced;
}

function forcedPaths(pair: Pair, replaced: ReadonlySet<string>): AttributePath[] {
  const { before, after } = pair;
  if (before === undefined || after === undefined) return [];
  const paths = [...changedPaths(valuesOf(before), valuesOf(after)), ...unknownPaths(pair, replaced)];
  return paths.filter(
    (path) =>
      forcesNew(after.type, path) &&
      !isSetInPlace(after.type, path, { before: before.values, after: after.values }),
  );
}

/** With the provider configuration: in another one, the resource is another one. */
const valuesOf = ({ values, provider }: DeclaredResource): object =>
  provider === undefined ? values : { ...values, provider };

/** The arguments of a resource that refer to one that is replaced, so that their value is not known yet. */
function unknownPaths({ before, after }: Pair, replaced: ReadonlySet<string>): AttributePath[] {
  if (before === undefined || after === undefined || replaced.size === 0) return [];
  return Object.entries(after.values)
    .filter(([, value]) => referencesIn(value).some((address) => replaced.has(address)))
    .map(([argument]) => [argument]);
}

function resourceChange(pair: Pair, replaced: ReadonlySet<string>): ResourceChange {
  const { address, from, before, after } = pair;
  const forced = forcedPaths(pair, replaced);
  const unknown = unknownPaths(pair, replaced);
  const [old, current] = [before, after].map((side) => (side === undefined ? null : valuesOf(side)));
  const isChanged = changedPaths(old, current).length > 0 || unknown.length > 0;
  return {
    address,
    ...(from !== undefined && { previous_address: from }),
    mode: "managed",
    type: (after ?? before)?.type ?? "",
    ...(after === undefined && { action_reason: "delete_because_no_resource_config" }),
    change: {
      actions: actionsOf(pair, { isForced: forced.length > 0, isChanged }),
      before: old,
      after: current,
      // A document stays readable: what is not known yet is only a part of it.
      after_unknown: Object.fromEntries(
        unknown.flatMap(([argument = ""]) =>
          isReference(valueAt(current, [argument])) ? [[argument, true]] : [],
        ),
      ),
      before_sensitive: false,
      after_sensitive: false,
      ...(forced.length > 0 && { replace_paths: forced }),
    },
  };
}

function actionsOf(
  { before, after }: Pair,
  { isForced, isChanged }: { readonly isForced: boolean; readonly isChanged: boolean },
): string[] {
  if (before === undefined) return ["create"];
  if (after === undefined) return ["delete"];
  if (isForced) return ["delete", "create"];
  return isChanged ? ["update"] : ["no-op"];
}
