import { type IResolvable, TerraformOutput, type TerraformStack } from "cdktf";

/**
 * Add an output for users: a map by name of one attribute of several modules or resources.
 *
 * @param created modules or resources, by their names in the environment file
 * @param attribute `undefined` for those without the attribute, which the map omits
 */
export function mapOutput<Created>(
  stack: TerraformStack,
  id: string,
  description: string,
  created: Iterable<readonly [string, Created]>,
  attribute: (created: Created) => string | IResolvable | undefined,
): void {
  const value = Object.fromEntries([...created].map(([name, one]) => [name, attribute(one)]));
  new TerraformOutput(stack, id, { description, staticId: true, value });
}
