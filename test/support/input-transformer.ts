/**
 * EventBridge's input transformer for messages of text, written from its documentation.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */

/** Dot notation with dashes, underscores and indices of lists. */
const pathSyntax = /^\$(\.[A-Za-z0-9_-]+(\[\d+\])?)+$/;

/**
 * What a target receives.
 *
 * @param inputTemplate lines of text, each in quotes
 * @throws Error when AWS would refuse the paths or the template
 */
export function transformed(
  inputPaths: Readonly<Record<string, string>>,
  inputTemplate: string,
  event: object,
): string {
  for (const [name, path] of Object.entries(inputPaths)) {
    if (!/^[A-Za-z0-9_-]+$/.test(name) || name.toLowerCase().startsWith("aws"))
      throw new Error(`no variable may be called ${name}`);
    if (!pathSyntax.test(path)) throw new Error(`${path} is no path that EventBridge reads`);
  }
  if (Object.keys(inputPaths).length > 100) throw new Error("there are more than 100 variables");
  if (inputTemplate.length > 8192) throw new Error("the template has more than 8192 characters");
  const message = inputTemplate.replace(/<([^<>\s]+)>/g, (_, name: string) => {
    const path = inputPaths[name];
    if (path === undefined) throw new Error(`no path is given for <${name}>`);
    return inText(valueAt(event, path));
  });
  for (const line of message.split("\n")) if (typeof JSON.parse(line) !== "string") throw new Error(line);
  return message;
}

function valueAt(event: unknown, path: string): unknown {
  return path
    .slice(2)
    .split(/[.[]/)
    .map((step) => step.replace("]", ""))
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], event);
}

/** What is missing leaves nothing. Of an object or list inside a text the quotes go. Nothing else is escaped. */
function inText(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value).replaceAll('"', "") : String(value);
}
