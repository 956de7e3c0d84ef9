import type { ValueProblem } from "../../modules/values/issues";
import { unwritableTexts } from "../../modules/values/unwritable-text";
import { visitValues } from "../../modules/values/visit-values";

/**
 * Problems that no schema detects: texts that cannot reach AWS as they are, placeholders that nobody replaced, and keys
 * that zod skips.
 */
export function unreadableValues(input: unknown): ValueProblem[] {
  const placeholders: ValueProblem[] = [];
  const prototypes: ValueProblem[] = [];
  visitValues(input, (value, at) => {
    const key = at.at(-1);
    if (typeof value === "string" && placeholderAt(at).test(value.trim()))
      placeholders.push({ path: [...at], found: value, advice: placeholderAdvice });
    if (key === "__proto__") prototypes.push({ path: [...at], found: key, advice: prototypeAdvice });
  });
  return [...unwritableTexts(input), ...placeholders, ...prototypes];
}

/** Strings that examples and templates use for "fill this in". */
const anyPlaceholder =
  /^(?:<.*>|\$\{[A-Z_]+\}|TODO|FIXME|TBD|X{3,}|x{3,})$|(?<![A-Za-z])(?:YOUR[_-][A-Z]|(?:CHANGE|REPLACE)[_-]?ME(?![A-Za-z]))/;

/** Placeholders in free text, where HTML tags, shell variables and plain words are valid. */
const textPlaceholder = /^<[\w-]+>$|(?<![A-Za-z])(?:YOUR[_-][A-Z]|(?:CHANGE|REPLACE)[_-]?ME(?![A-Za-z]))/;

/** Options of a service, function or secret that contain free text, e.g. `ecs.services.web.environment`. */
const textOptions: ReadonlySet<PropertyKey | undefined> = new Set([
  "command",
  "description",
  "entryPoint",
  "environment",
  "healthCheckCommand",
  "logs",
]);

/** Whether a text of a template or an example waits for the real value, e.g. `YOUR_ACCOUNT_ID`. */
export const isPlaceholder = (text: string): boolean => anyPlaceholder.test(text.trim());

const placeholderAdvice = "this is a placeholder; replace it with the real value";

function placeholderAt(path: readonly PropertyKey[]): RegExp {
  // A further container of an ECS service has the same options.
  const [, , , outer, , inner] = path;
  const option = outer === "containers" ? inner : outer;
  return textOptions.has(option) ? textPlaceholder : anyPlaceholder;
}

/** Zod skips a key with this name, so its value would be lost silently. */
const prototypeAdvice = "JavaScript reserves this name for the prototype of an object; choose another name";
