import type { EnvironmentInput } from "../../environments/options/environment";
import { propertyText, stateText } from "../environment-files/literal-text";
import { written } from "./written-policy";

/**
 * The text of an environment file, as Biome formats it.
 *
 * @param constant name of the constant that it exports
 */
export function environmentText(options: EnvironmentInput, constant: string): string {
  const lines = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      name === "state" ? stateText(value as object) : propertyText(name, written(value, name), 2),
    );
  return `import { defineEnvironment } from "./environment";

export const ${constant} = defineEnvironment({
${lines.join("\n")}
});
`;
}
