import type { ValueProblem } from "../../modules/values/issues";
import { unwritableText } from "../../modules/values/unwritable-text";

/** A value of a file as written, before validation. */
interface RawValue {
  readonly path: readonly PropertyKey[];
  readonly value: unknown;
}

/**
 * Problems that no schema detects: texts that cannot reach AWS as they are, placeholders that nobody replaced, and keys
 * that zod skips.
 */
export function unreadableValues(input: unknown): ValueProblem[] {
  const values = rawValuesIn(input);
  return [...values.flatMap(unwritable), ...values.flatMap(placeholder), ...values.flatMap(prototypeKey)];
}

/** A value and everything inside it, at any depth. Circular references are not followed. */
function rawValuesIn(
  value: unknown,
  path: readonly PropertyKey[] = [],
  parents: readonly object[] = [],
): RawValue[] {
  const here = { path, value };
  if (typeof value !== "object" || value === null || parents.includes(value)) return [here];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    rawValuesIn(child, [...path, Array.isArray(value) ? Number(key) : key], [...parents, value]),
  );
  return [here, ...inner];
}

/** A text or a key that Terraform or AWS would reject or change. */
function unwritable({ path, value }: RawValue): ValueProblem[] {
  return [path.at(-1), value].flatMap((found) => {
    const advice = typeof found === "string" ? unwritableText(found) : undefined;
    return advice === undefined ? [] : [{ path, found, advice }];
  });
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

function placeholder({ path, value }: RawValue): ValueProblem[] {
  // A further container of an ECS service has the same options.
  const [, , , outer, , inner] = path;
  const option = outer === "containers" ? inner : outer;
  const pattern = textOptions.has(option) ? textPlaceholder : anyPlaceholder;
  return typeof value === "string" && pattern.test(value.trim())
    ? [{ path, found: value, advice: "this is a placeholder; replace it with the real value" }]
    : [];
}

/** Zod skips a key with this name, so its value would be lost silently. */
function prototypeKey({ path }: RawValue): ValueProblem[] {
  const advice = "JavaScript reserves this name for the prototype of an object; choose another name";
  return path.at(-1) === "__proto__" ? [{ path, found: "__proto__", advice }] : [];
}
