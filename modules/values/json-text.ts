import type { ValueProblem } from "./issues";

/** Levels of nesting that a text or a value may have. No policy of AWS comes near it, and later code may recurse. */
export const maxDepth = 100;

/** Advice for a value that is nested more deeply, as "rule; remedy". */
export const depthAdvice = `this is nested more than ${maxDepth} levels deep; remove the nesting`;

/**
 * Parse a JSON text of an environment file.
 *
 * Unlike `JSON.parse`, it refuses a key that an object has twice, of which only the last would count, and `__proto__`,
 * which schemas skip. It does not fail on any input.
 *
 * @param example a text that is right, for the message of one that is no JSON
 * @returns the value, or every problem found
 */
export function readJsonText(
  text: string,
  example: string,
): { readonly value: unknown } | { readonly problems: readonly ValueProblem[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message.replace(/\s+/g, " ");
    return { problems: [{ path: [], found: text, advice: `this is not JSON (${reason}); use ${example}` }] };
  }
  const problems = keyProblems(text);
  return problems.length > 0 ? { problems } : { value };
}

/** An open object or array, with the key or index that comes next. */
interface Open {
  readonly isObject: boolean;
  readonly keys: Set<string>;
  at: string | number;
}

/** Strings, punctuation, and the other values, of which each is one token. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** Problems with the keys and the depth of a valid JSON text, in one pass without recursion. */
function keyProblems(text: string): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const open: Open[] = [];
  let isKey = false;
  for (const [token] of text.matchAll(tokens)) {
    const inner = open.at(-1);
    if (token === "{" || token === "[") {
      open.push({ isObject: token === "{", keys: new Set(), at: 0 });
      if (open.length > maxDepth) return [{ path: [], found: text, advice: depthAdvice }];
      isKey = token === "{";
    } else if (token === "}" || token === "]") {
      open.pop();
      isKey = false;
    } else if (token === "," && inner) {
      isKey = inner.isObject;
      if (!inner.isObject) inner.at = Number(inner.at) + 1;
    } else if (token === ":") isKey = false;
    else if (isKey && inner) {
      const key: string = JSON.parse(token);
      inner.at = key;
      const advice = adviceOn(key, inner.keys);
      if (advice !== undefined) problems.push({ path: open.map(({ at }) => at), found: key, advice });
      inner.keys.add(key);
    }
  }
  return problems;
}

function adviceOn(key: string, earlier: ReadonlySet<string>): string | undefined {
  if (key === "__proto__")
    return "JavaScript reserves this name for the prototype of an object; choose another name";
  if (earlier.has(key))
    return "this key appears twice in one object, and only the last would count; remove one";
  return undefined;
}
