import type { ValueProblem } from "../../values/value-problem";
import { parseLifecyclePolicy } from "./lifecycle-policy";
import { type ComposedPolicy, composePolicy, type LifecyclePolicyOptions } from "./lifecycle-presets";

/** The JSON of the policy that options compose, or what ECR would refuse in it, by the option that it comes from. */
export function composedText(
  options: LifecyclePolicyOptions,
): { text: string } | { problems: ValueProblem[] } {
  const { policy, origins } = composePolicy(options);
  const parsed = parseLifecyclePolicy(JSON.stringify(policy));
  if ("text" in parsed) return parsed;
  return { problems: parsed.problems.map((one) => ({ ...one, path: optionAt(one.path, origins) })) };
}

/** The option that a part of the policy comes from: a preset as a whole, or the same part of a custom rule. */
function optionAt(path: readonly PropertyKey[], origins: ComposedPolicy["origins"]): readonly PropertyKey[] {
  const [, rule, ...inside] = path;
  const origin = rule === undefined ? [] : (origins[Number(rule)] ?? []);
  return origin[0] === "lifecycleRules" ? [...origin, ...inside] : origin;
}
