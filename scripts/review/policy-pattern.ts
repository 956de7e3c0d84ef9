/**
 * A part of a pattern: `*`, `?`, a character after `=`, or a variable or reference, of which only its text is known.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
type Token = string;

/**
 * Whether a pattern matches everything that another one can match. What this cannot tell, such as what a variable stands
 * for, only `*` or the same variable matches.
 *
 * @param hasVariables whether the version of each policy has variables
 */
export function coversPattern(
  wide: string,
  narrow: string,
  hasVariables: { readonly wide: boolean; readonly narrow: boolean },
): boolean {
  const sameReading = hasVariables.wide === hasVariables.narrow || !/\$/.test(`${wide}${narrow}`);
  if (wide === "*" || (wide === narrow && sameReading)) return true;
  if (!/[*?]/.test(wide)) return false;
  // Most patterns differ before the first wildcard, which a comparison of their texts tells at once.
  const [prefix = ""] = /^[^*?$]*/.exec(wide) ?? [];
  if (!narrow.startsWith(prefix)) return false;
  return coversTokens(tokensOf(wide, hasVariables.wide), tokensOf(narrow, hasVariables.narrow));
}

/** Compares token by token, and returns to the last `*` where two differ. */
function coversTokens(wide: readonly Token[], narrow: readonly Token[]): boolean {
  let [at, star, absorbed] = [0, -1, 0];
  for (let position = 0; position < narrow.length; ) {
    if (wide[at] === "*") {
      [star, absorbed] = [at, position];
      at += 1;
    } else if (coversToken(wide[at], narrow[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      absorbed += 1;
      [at, position] = [star + 1, absorbed];
    } else return false;
  }
  return wide.slice(at).every((token) => token === "*");
}

/** AWS does not say whether a character outside Unicode's basic plane is one or two, so no `?` covers it. */
const coversToken = (wide: Token | undefined, narrow: Token | undefined): boolean =>
  wide === narrow || (wide === "?" && narrow !== undefined && /^=[^\ud800-\udfff]$/.test(narrow));

/** `${*}`, `${?}` and `${$}` are these characters. Names of variables have a colon, which references of Terraform do not. */
function tokensOf(pattern: string, hasVariables: boolean): Token[] {
  const tokens = [...pattern.matchAll(/\$\{([^{}]*)\}|./gsu)].flatMap(([text, name]) => {
    if (name === undefined) return charactersOf(text);
    if (/^[*?$]$/.test(name)) return hasVariables ? [`=${name}`] : charactersOf(text);
    return hasVariables || !name.includes(":") ? [text] : charactersOf(text);
  });
  return wildcardsInOrder(tokens);
}

const charactersOf = (text: string): Token[] =>
  [...text].map((character) => (/[*?]/.test(character) ? character : `=${character}`));

/** Neighbors mean the same in any order, and several `*` the same as one: each `?` first, then one `*`. */
function wildcardsInOrder(tokens: readonly Token[]): Token[] {
  const sorted: Token[] = [];
  for (const token of tokens) {
    const isAfterStar = sorted.at(-1) === "*";
    if (token === "?" && isAfterStar) sorted.splice(-1, 0, token);
    else if (token !== "*" || !isAfterStar) sorted.push(token);
  }
  return sorted;
}

/** The variables in texts of a policy whose value a request may lack: those without a default. */
export function variablesIn(value: unknown): string[] {
  const text = JSON.stringify(value) ?? "";
  const names = [...text.matchAll(/\$\{([^{},]*:[^{},]*)\}/g)].map(([, name = ""]) => name.toLowerCase());
  return [...new Set(names)].toSorted();
}
