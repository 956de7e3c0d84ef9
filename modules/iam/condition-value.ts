import { isIP, isIPv4 } from "node:net";
import type { OperatorFamily } from "./condition-operator";

/** A rule on the values of an operator, with advice as "rule; remedy". */
interface ValueRule {
  readonly holds: (value: string) => boolean;
  readonly advice: string;
}

/** JavaScript takes 31 February for a day in March. */
function isDate(value: string): boolean {
  const [, year, month, day = "1"] = /^(\d{4})-(\d{2})(?:-(\d{2})(?:T.+)?)?$/.exec(value) ?? [];
  if (year === undefined || Number.isNaN(Date.parse(value))) return false;
  return Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}

const rules: Readonly<Partial<Record<OperatorFamily, ValueRule>>> = {
  numeric: {
    holds: (value) => /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value),
    advice: "this operator compares numbers; use a number such as 3600",
  },
  date: {
    holds: (value) => /^\d+$/.test(value) || isDate(value),
    advice: "this operator compares dates; use one such as 2030-01-31T00:00:00Z",
  },
  bool: {
    holds: (value) => /^(?:true|false)$/i.test(value),
    advice: 'this operator compares truth values; use "true" or "false"',
  },
  null: {
    holds: (value) => /^(?:true|false)$/i.test(value),
    advice: 'Null is "true" where the key must be absent and "false" where it must exist; use one of the two',
  },
  binary: {
    holds: (value) => /^[A-Za-z0-9+/]+={0,2}$/.test(value),
    advice: "this operator compares base64 texts; encode the value",
  },
  ip: {
    holds: isIpRange,
    advice: "this operator compares IP addresses; use an address or a range such as 203.0.113.0/24",
  },
  arn: {
    holds: (value) => value === "*" || /^(?:arn|\*)(?::[^:]*){4}:.+$/s.test(value),
    advice:
      "this operator compares ARNs, each of their six parts by itself; use one such as arn:aws:iam::123456789012:role/build",
  },
};

/** A policy variable, perhaps with a default, or one of the three characters that have a meaning of their own. */
const policyVariable = /\$\{(?:[*?$]|[\w.-]+:[\w:./@+=-]+(?:\s*,\s*'[^'{}]*')?)\}/g;

/**
 * The advice on a value that the operators of a family can never compare, as "rule; remedy". What a value with a policy
 * variable is, is known only when a call is made.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function conditionValueProblem(family: OperatorFamily, value: string): string | undefined {
  if (value.replace(policyVariable, "").includes("${"))
    return "IAM has no such policy variable; use one such as ${aws:username}, or ${$} for the character $";
  const rule = rules[family];
  return rule === undefined || value.includes("${") || rule.holds(value) ? undefined : rule.advice;
}

/** The range of an IP address in CIDR notation; an address is a range of one. `undefined` for other texts. */
export function ipRange(value: string): { readonly version: 4 | 6; readonly prefix: number } | undefined {
  const [, address = "", length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  if (isIP(address) === 0) return undefined;
  const longest = isIPv4(address) ? 32 : 128;
  const prefix = length === undefined ? longest : Number(length);
  return prefix > longest ? undefined : { version: isIPv4(address) ? 4 : 6, prefix };
}

function isIpRange(value: string): boolean {
  return ipRange(value) !== undefined;
}
