/** Names that a CommonJS module, TypeScript or the files of the project have taken. */
const taken = ["exports", "require", "module", "undefined", "globalThis", "defineEnvironment", "definitions"];

/**
 * Name of the constant that an environment file exports, e.g. `stagingEu` for `staging-eu`.
 *
 * @param used names that `environments/all.ts` has
 */
export function constantName(environment: string, used: ReadonlySet<string>): string {
  const camel = environment.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const free = (name: string) => !used.has(name) && !taken.includes(name) && isBindable(name);
  const names = [camel, `${camel}Environment`];
  for (let number = 2; number <= used.size + 2; number += 1) names.push(`${camel}Environment${number}`);
  return names.find(free) ?? camel;
}

/** Whether a module can have a constant with this name: it is no reserved word. */
function isBindable(name: string): boolean {
  const { parse } = require("@babel/parser") as typeof import("@babel/parser");
  try {
    parse(`export const ${name} = 0;`, { sourceType: "module", plugins: ["typescript"] });
    return true;
  } catch {
    return false;
  }
}
