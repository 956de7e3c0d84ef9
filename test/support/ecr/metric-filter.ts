/**
 * The part of CloudWatch Logs' metric filters that this project uses, written from its documentation.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
import type { MetricFilter } from "../../../modules/ecr/monitoring/image-metrics";

/** What an event adds to a metric, with the value of its dimension; nothing when the filter does not match. */
export function counted(
  { pattern, value, dimension }: MetricFilter,
  event: object,
): { value: number; dimension?: unknown } | undefined {
  const [, inner] = /^\{ (.*) \}$/.exec(pattern) ?? [];
  if (inner === undefined) throw new Error(`${pattern} is no pattern for JSON`);
  const terms = inner.split(" && ").map((term) => term.replace(/^\((.*)\)$/, "$1"));
  if (!terms.every((term) => holds(term, event))) return undefined;
  return {
    value: value.startsWith("$.") ? Number(field(event, value)) : Number(value),
    ...(dimension && { dimension: field(event, dimension[1]) }),
  };
}

function holds(term: string, event: object): boolean {
  const [, selector = "", operator, operand = ""] = /^(\$\.[\w.-]+) (=|>) ("[^"]*"|\d+)$/.exec(term) ?? [];
  const found = field(event, selector);
  if (operator === "=") return found === JSON.parse(operand);
  if (operator === ">") return typeof found === "number" && found > Number(operand);
  throw new Error(`${term} is no term that is known here`);
}

function field(event: object, selector: string): unknown {
  return selector
    .slice(2)
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], event);
}
