import type { Problem } from "./problem";
import type { RawValue } from "./raw-values";

/** Texts that stand for "to be filled in" in examples and templates. */
const anyPlaceholder =
  /^(?:<.*>|\$\{[A-Z_]+\}|TODO|FIXME|TBD|X{3,}|x{3,})$|(?<![A-Za-z])(?:YOUR[_-][A-Z]|(?:CHANGE|REPLACE)[_-]?ME(?![A-Za-z]))/;

/** The same in a text that programs or people read, where tags of HTML, variables of a shell and plain words are legal. */
const textPlaceholder = /^<[\w-]+>$|(?<![A-Za-z])(?:YOUR[_-][A-Z]|(?:CHANGE|REPLACE)[_-]?ME(?![A-Za-z]))/;

/** Options of a service, function or secret that hold such texts, e.g. `ecs.services.web.environment`. */
const textOptions: ReadonlySet<PropertyKey | undefined> = new Set([
  "command",
  "description",
  "entryPoint",
  "environment",
  "healthCheckCommand",
]);

/** Every string in a file, at whatever depth, that was never filled in. */
export function placeholdersIn(values: readonly RawValue[]): Omit<Problem, "file">[] {
  return values.flatMap(({ path, value }) => {
    const [, , , option] = path;
    const placeholder = textOptions.has(option) ? textPlaceholder : anyPlaceholder;
    return typeof value === "string" && placeholder.test(value.trim())
      ? [{ path, found: value, advice: "this is a placeholder; write the real value" }]
      : [];
  });
}
