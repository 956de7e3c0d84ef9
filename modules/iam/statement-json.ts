import type { ValueProblem } from "../values/issues";
import { suggest } from "../values/suggestion";
import { conditionsAt } from "./condition-json";
import { objectAt, type Report, textsAt } from "./json-parts";
import { type PrincipalType, principalTypes } from "./principal";
import type { Located, Path, StatementParts } from "./statement-parts";

/** What was read of a statement: its parts as far as they could be read, and the problems with its shape. */
export interface ReadStatement {
  readonly parts: StatementParts;
  readonly problems: readonly ValueProblem[];
}

const elements = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition"] as const;

/**
 * Read a statement in IAM's JSON. A list of one may be written without brackets, and numbers and truth values without
 * quotes. `Resource` may be `*`, which means the same as none.
 *
 * @param resourceAdvice why the policy has no other `Resource`, as "rule; remedy"
 * @param path path of the statement, for problems
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readStatement(statement: unknown, resourceAdvice: string, path: Path = []): ReadStatement {
  const problems: ValueProblem[] = [];
  const report: Report = (at, found, advice) => problems.push({ path: at, found, advice });
  const given = objectAt(statement, path, "{ Effect, Principal, Action }", report);
  if (given !== statement) return { parts: nothing(path), problems };
  for (const [key, found] of Object.entries(given))
    elementProblem(key, found, [...path, key], resourceAdvice, report);
  return {
    parts: {
      path,
      sid: sidAt(given["Sid"], [...path, "Sid"], report),
      effect: effectAt(given["Effect"], [...path, "Effect"], report),
      principals: oneOfTwo(given, path, ["Principal", "NotPrincipal"], report, principalsAt),
      actions: oneOfTwo(given, path, ["Action", "NotAction"], report, textsAt),
      conditions: conditionsAt(given["Condition"], [...path, "Condition"], report),
    },
    problems,
  };
}

/** What is read of a text, a number or a list. */
const nothing = (path: Path): StatementParts => ({
  path,
  sid: undefined,
  effect: "Deny",
  principals: { path, negated: false, list: [] },
  actions: { path, negated: false, list: [] },
  conditions: [],
});

function elementProblem(
  key: string,
  found: unknown,
  path: Path,
  resourceAdvice: string,
  report: Report,
): void {
  if (key === "Resource" && (found === "*" || (Array.isArray(found) && found.join() === "*"))) return;
  if (key === "Resource" || key === "NotResource") report(path, found, resourceAdvice);
  else if (!elements.some((known) => known === key))
    report(
      path,
      found,
      `a statement has no such element; ${suggest(key, elements) ?? `choose from ${elements.join(", ")}`}`,
    );
}

function sidAt(value: unknown, path: Path, report: Report): Located | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string") return { value, path };
  report(path, value, "a Sid is a string; put it in quotes or remove it");
  return undefined;
}

function effectAt(value: unknown, path: Path, report: Report): "Allow" | "Deny" {
  if (value === "Allow" || value === "Deny") return value;
  report(path, value, `this must be Allow or Deny; ${suggest(value, ["Allow", "Deny"]) ?? "choose one"}`);
  return "Deny";
}

/** The element or its opposite, of which a statement has exactly one. */
function oneOfTwo<T>(
  given: Record<string, unknown>,
  path: Path,
  [plain, negation]: readonly [string, string],
  report: Report,
  read: (value: unknown, path: Path, report: Report) => T[],
): { path: Path; negated: boolean; list: T[] } {
  const negated = given[negation] !== undefined;
  if (negated && given[plain] !== undefined)
    report(
      [...path, negation],
      given[negation],
      `${plain} is also set, and IAM allows one of the two; remove one`,
    );
  const at = [...path, negated ? negation : plain];
  if (!negated && given[plain] === undefined) {
    report(
      at,
      undefined,
      `a statement needs ${plain === "Action" ? "an action" : "a principal"}; add ${plain}`,
    );
    return { path: at, negated, list: [] };
  }
  return { path: at, negated, list: read(given[negated ? negation : plain], at, report) };
}

function principalsAt(
  value: unknown,
  path: Path,
  report: Report,
): StatementParts["principals"]["list"][number][] {
  if (value === "*") return [{ type: "*", identifier: "*", path }];
  const byType = objectAt(
    value,
    path,
    '"*" or an object such as { "AWS": "arn:aws:iam::123456789012:root" }',
    report,
  );
  const types = principalTypes.filter((type) => type !== "*");
  if (Object.keys(byType).length === 0 && byType === value)
    report(path, value, "a statement needs a principal; add one");
  return Object.entries(byType).flatMap(([type, identifiers]) => {
    const at = [...path, type];
    if (types.some((known) => known === type))
      return textsAt(identifiers, at, report).map(({ value: identifier, path: here }) => ({
        type: type as PrincipalType,
        identifier,
        path: here,
      }));
    const advice =
      type === "*"
        ? 'a principal for everyone has no type; use "Principal": "*"'
        : `a repository policy accepts principals of the types ${types.join(", ")}; ${suggest(type, types) ?? "choose one"}`;
    report(at, identifiers, advice);
    return [];
  });
}
