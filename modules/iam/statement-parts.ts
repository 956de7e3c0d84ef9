import { readOperator } from "./condition-operator";
import type { ResourceStatement } from "./policy-document";
import type { Principal, PrincipalType } from "./principal";

/** Path of a value in the text or the options that a statement was read from. */
export type Path = readonly PropertyKey[];

/** A text with its path. */
export interface Located {
  readonly value: string;
  readonly path: Path;
}

/** One comparison of a statement's conditions. */
export interface ConditionPart {
  readonly operator: Located;
  readonly key: Located;
  readonly values: readonly Located[];
}

/**
 * A statement of a policy that belongs to a resource, in one form whatever it was written in. Each part has the path
 * that problems with it are reported at. {@link statementFrom} turns it into IAM's form.
 */
export interface StatementParts {
  readonly path: Path;
  readonly sid: Located | undefined;
  readonly effect: "Allow" | "Deny";
  readonly principals: {
    readonly path: Path;
    /** `NotPrincipal`: every principal except these. */
    readonly negated: boolean;
    readonly list: readonly (Principal & { readonly path: Path })[];
  };
  readonly actions: {
    readonly path: Path;
    /** `NotAction`: every action except these. */
    readonly negated: boolean;
    readonly list: readonly Located[];
  };
  readonly conditions: readonly ConditionPart[];
}

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();

/**
 * The statement in IAM's form: lists sorted and without duplicates, since their order means nothing, and operators as AWS
 * writes them. Nothing of a condition is lost, whatever its parts are called: objects are made from entries.
 */
export function statementFrom({
  sid,
  effect,
  principals,
  actions,
  conditions,
}: StatementParts): ResourceStatement {
  const condition = conditionFrom(conditions);
  const names = sorted(actions.list.map(({ value }) => value));
  const principal = principalFrom(principals.list);
  return {
    ...(sid !== undefined && sid.value !== "" && { Sid: sid.value }),
    Effect: effect,
    ...(principals.negated ? { NotPrincipal: principal } : { Principal: principal }),
    ...(actions.negated ? { NotAction: names } : { Action: names }),
    ...(condition !== undefined && { Condition: condition }),
  };
}

function principalFrom(list: readonly Principal[]): NonNullable<ResourceStatement["Principal"]> {
  if (list.some(({ type }) => type === "*")) return "*";
  const types = [...new Set(list.map(({ type }) => type))];
  const identifiersOf = (wanted: PrincipalType) =>
    sorted(list.filter(({ type }) => type === wanted).map(({ identifier }) => identifier));
  return Object.fromEntries(types.map((type) => [type, identifiersOf(type)]));
}

function conditionFrom(conditions: readonly ConditionPart[]): ResourceStatement["Condition"] {
  if (conditions.length === 0) return undefined;
  const byOperator = new Map<string, Map<string, string[]>>();
  for (const { operator, key, values } of conditions) {
    const read = readOperator(operator.value);
    const name = typeof read === "string" ? operator.value : read.text;
    const keys = byOperator.get(name) ?? new Map<string, string[]>();
    keys.set(key.value, sorted([...(keys.get(key.value) ?? []), ...values.map(({ value }) => value)]));
    byOperator.set(name, keys);
  }
  return Object.fromEntries([...byOperator].map(([name, keys]) => [name, Object.fromEntries(keys)]));
}
