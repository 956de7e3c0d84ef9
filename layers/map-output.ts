import { TerraformOutput, type TerraformStack } from "cdktf";

/**
 * An output for users: one attribute of everything that a stack made of a kind, as a map by name.
 *
 * @param made what was made, by its name in the environment file
 * @param attribute `undefined` for what does not have it, which is left out
 */
export function mapOutput<Made>(
  stack: TerraformStack,
  id: string,
  description: string,
  made: Iterable<readonly [string, Made]>,
  attribute: (made: Made) => string | undefined,
): void {
  const value = Object.fromEntries([...made].map(([name, one]) => [name, attribute(one)]));
  new TerraformOutput(stack, id, { description, staticId: true, value });
}
