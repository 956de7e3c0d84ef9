import { CommandError } from "./command";
import { init } from "./initialization";
import type { Stack } from "./stack";
import { type StateResource, valuesIn } from "./state";

/**
 * Names of the load balancers that are deployed with deletion protection, which AWS refuses to delete. Terraform destroys
 * with the values of the last deploy, so the environment file does not say it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-delete.html
 */
export function protectedBalancers(resources: readonly StateResource[]): string[] {
  return resources
    .filter(({ type }) => type === "aws_lb")
    .flatMap(({ instances }) => instances)
    .filter(({ attributes }) => attributes["enable_deletion_protection"] === true)
    .map(({ attributes }) => String(attributes["name"]))
    .toSorted();
}

/**
 * Require that no load balancer of the stacks is deployed with deletion protection, before anything is destroyed. The
 * destroy would otherwise end halfway, with the services gone.
 *
 * @throws CommandError that names them, and the command that turns the protection off
 */
export async function requireUnprotectedBalancers(stacks: readonly Stack[]): Promise<void> {
  for (const stack of stacks.filter(({ layer }) => layer === "compute")) {
    // A stack that is destroyed is always initialized first.
    await init(stack, { always: true });
    const names = protectedBalancers(await valuesIn(stack));
    if (names.length === 0) continue;
    const one = names.length === 1;
    throw new CommandError(
      `${stack.stack} has ${one ? "a load balancer" : "load balancers"} with deletion protection, as last deployed: ${names.join(", ")}; nothing was destroyed. Deploy deletionProtection: false first, and run this command again: npm run deploy -- ${stack.environment.name} --layer compute`,
    );
  }
}
