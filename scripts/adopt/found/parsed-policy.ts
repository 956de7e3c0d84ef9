/** The value of a JSON text. A text that is no JSON stays a text, and the schema says what is wrong. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A statement of IAM's JSON, as far as it is read here. */
export type Statement = Readonly<Record<string, unknown>>;

/** The statements of a policy. @returns `undefined` for what is no policy */
export function statementsIn(policy: unknown): readonly Statement[] | undefined {
  const isObject = (one: unknown): one is Statement =>
    typeof one === "object" && one !== null && !Array.isArray(one);
  if (!isObject(policy)) return undefined;
  const statements = policy["Statement"] === undefined ? [] : [policy["Statement"]].flat();
  return statements.every(isObject) ? statements : undefined;
}
