import type { EnvironmentInput } from "../../environments/options/environment";
import { literalText, propertyText } from "./literal-text";
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

/** On one line if it fits. */
function stateText(state: object): string {
  const [line = ""] = [literalText([state], { indent: 0, column: 0 })];
  const short = `  state: ${line.slice(1, -1)},`;
  return short.includes("\n") || short.length > 110 ? propertyText("state", state, 2) : short;
}
