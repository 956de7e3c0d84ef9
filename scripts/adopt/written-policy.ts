import { Code } from "../environment-files/literal-text";

/** Options that hold a policy as a JSON text, which is read best as an object. */
const policyOptions = ["lifecyclePolicy"];

/** A value of an environment file, with policies as calls of `JSON.stringify`. */
export function written(value: unknown, key = ""): unknown {
  if (typeof value === "string" && policyOptions.includes(key)) return policyCode(value);
  if (Array.isArray(value)) return value.map((item: unknown) => written(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, written(inner, name)]));
}

/** A text that is no JSON stays, and the schema says what is wrong. */
function policyCode(text: string): unknown {
  try {
    const policy: unknown = JSON.parse(text);
    return typeof policy === "object" && policy !== null ? new Code("JSON.stringify(", policy, ")") : text;
  } catch {
    return text;
  }
}
