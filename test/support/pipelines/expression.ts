import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

/** What an expression can read, by name, e.g. `github`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** Whether everything before succeeded; a run that somebody cancels is not simulated. */
export interface Status {
  readonly success: boolean;
}

const statusFunctions = ["success", "failure", "always", "cancelled"] as const;

/**
 * The value of an expression, with GitHub's own parser.
 *
 * @param expression without `${{ }}`
 */
function resultOf(expression: string, contexts: Contexts, status: Status): unknown {
  const infos = statusFunctions.map((name) => ({ name, minArgs: 0, maxArgs: 0 }));
  const answers = { success: status.success, failure: !status.success, always: true, cancelled: false };
  const functions = infos.map((info) => ({ ...info, call: () => new data.BooleanData(answers[info.name]) }));
  const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), infos).parse();
  const readable = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  const value = new Evaluator(parsed, readable, new Map(functions.map((one) => [one.name, one]))).evaluate();
  return JSON.parse(JSON.stringify(value, data.replacer) ?? "null");
}

const marked = /\$\{\{(.*?)\}\}/gs;

/** A text with its expressions replaced by their values. */
export function interpolated(text: unknown, contexts: Contexts): string {
  return String(text).replace(marked, (_, expression: string) => {
    const value = resultOf(expression.trim(), contexts, { success: true });
    return value === null ? "" : String(value);
  });
}

/** The value of a text that is one expression, e.g. a matrix. */
export function expressed(text: string, contexts: Contexts): unknown {
  const [, expression = text] = /^\$\{\{(.*)\}\}$/s.exec(text.trim()) ?? [];
  return resultOf(expression.trim(), contexts, { success: true });
}

/** Whether a job or step runs. Without a condition on the status, everything before has to be successful. */
export function holds(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  const [, inner = condition ?? "success()"] = /^\$\{\{(.*)\}\}$/s.exec(condition?.trim() ?? "") ?? [];
  const expression = inner.trim();
  const asks = statusFunctions.some((name) => expression.includes(`${name}(`));
  return (asks || status.success) && Boolean(resultOf(expression, contexts, status));
}
