import { valueAt } from "../../../modules/values/value-at";
import { indexOf } from "../plan-index";
import { coversPattern } from "../policy-pattern";
import { isUnknown, type TerraformPlan } from "../terraform-plan";
import type { WeakeningRule, Weakness } from "../weakening";

/**
 * Requests from the internet that a load balancer which exists sends to a service, and did not before. A new load balancer is
 * a finding itself, with everything behind it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export const moreRequests: WeakeningRule = (change, { plan }): Weakness[] => {
  const { before, after } = change.change;
  if (!after || isUnknown(change, ["listener_arn"]) || !isPublic(after, plan)) return [];
  const [old, current] = [conditionsOf(before), conditionsOf(after)];
  const asksNoMore = asksWho(before) && !asksWho(after);
  const isWider =
    !before ||
    !isPublic(before, plan) ||
    !old.every((test) => current.some((other) => isWithin(other, test)));
  return [
    ...(isWider
      ? [{ text: `${requestsText(current)} reach its targets from the internet`, severity: "risky" as const }]
      : []),
    ...(asksNoMore ? ["requests reach its targets without authentication"] : []),
  ];
};

/** Whether a rule belongs to a listener that exists, and whose load balancer is not known to be internal. */
function isPublic(rule: unknown, plan: TerraformPlan): boolean {
  const { balancing, createdAddresses } = indexOf(plan);
  const listener = balancing.get(valueAt(rule, ["listener_arn"]));
  if (listener !== undefined && createdAddresses.has(listener.address)) return false;
  const { before, after } = listener?.change ?? {};
  const balancer = balancing.get(valueAt(after ?? before, ["load_balancer_arn"]))?.change;
  return valueAt(balancer?.after ?? balancer?.before, ["internal"]) !== true;
}

/** One test of a request, e.g. of its path. A rule applies if all its tests do, and a test passes if one value matches. */
interface Test {
  /** E.g. `path_pattern`; with the name of a header. */
  readonly field: string;
  readonly values: readonly string[];
}

function conditionsOf(rule: unknown): Test[] {
  const conditions = valueAt(rule, ["condition"]);
  return (Array.isArray(conditions) ? conditions : []).flatMap((condition) =>
    Object.entries(condition as object).flatMap(([field, blocks]) => {
      const values = valueAt(blocks, [0, "values"]);
      if (!Array.isArray(values) || values.length === 0) return [];
      const header = valueAt(blocks, [0, "http_header_name"]);
      return [
        { field: typeof header === "string" ? `${field} ${header}` : field, values: values.map(valueText) },
      ];
    }),
  );
}

/** The values of a query string are pairs. */
const valueText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const isWithin = (narrow: Test, wide: Test): boolean =>
  narrow.field === wide.field &&
  narrow.values.every((value) => wide.values.some((pattern) => coversPattern(pattern, value, noVariables)));

const noVariables = { wide: false, narrow: false };

/** Whether a rule asks who sends a request before it forwards it. */
const asksWho = (rule: unknown): boolean => {
  const actions = valueAt(rule, ["action"]);
  return (
    Array.isArray(actions) &&
    actions.some((action) => /^authenticate-|^jwt-/.test(String(valueAt(action, ["type"]))))
  );
};

const requestsText = (tests: readonly Test[]): string =>
  tests.length === 0
    ? "all requests"
    : `requests with ${tests.map(({ field, values }) => `${field.replace(/_(?:header|pattern)$/, "").replaceAll("_", " ")} ${values.join(" or ")}`).join(" and ")}`;
