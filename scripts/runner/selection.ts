import type { Environment } from "../../environments/environment";
import { stackName } from "../../environments/naming";
import { deployOrder, type StackPlan } from "../../environments/plan/stacks";
import { suggest } from "../../environments/schema/problem";
import { CommandError } from "./command";
import { ask } from "./question";
import { target } from "./stack";

export const layers = ["bootstrap", "security", "network", "registry", "compute"] as const;
export type LayerName = (typeof layers)[number];

/** The environment of that name. @throws CommandError naming those there are */
export function environmentNamed(name: string, environments: readonly Environment[]): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  const names = environments.map((environment) => environment.name);
  throw new CommandError(
    `There is no environment "${name}"; ${suggest(name, names) ?? `there are ${names.join(", ")}`}`,
  );
}

/**
 * The stacks of the wanted layers in the order of deployment. Without a wish: all but the bootstrap, which makes the
 * bucket for the state of the others once.
 *
 * @throws CommandError when the bootstrap or the network is wanted and there is none
 */
export function selected(environment: Environment, wanted: readonly LayerName[]): StackPlan[] {
  const { state, file } = environment;
  if (wanted.includes("bootstrap") && !(state.backend === "s3" && state.createBucket))
    throw new CommandError(`${file} has no bootstrap: its state says that no bucket is to be created.`);
  if (wanted.includes("network") && environment.network === undefined)
    throw new CommandError(`${file} says nothing of a network, so there is no such layer.`);
  const bootstrap = { layer: "bootstrap" as const, environment, stack: stackName("bootstrap", environment) };
  return [bootstrap, ...deployOrder(environment)].filter(({ layer }) =>
    wanted.length === 0 ? layer !== "bootstrap" : wanted.includes(layer),
  );
}

/**
 * Settle who approves before anything runs. Production asks for the environment's name.
 *
 * @throws CommandError when nobody can approve: without a terminal nobody could answer the questions that follow
 */
export async function approve(verb: string, environment: Environment, autoApprove: boolean): Promise<void> {
  if (autoApprove) return;
  if (!process.stdin.isTTY)
    throw new CommandError(
      `There is no terminal to approve changes at; nothing was started. Add --auto-approve to ${verb} without a question.`,
    );
  if (environment.tier !== "production") return;
  const answer = await ask(
    `You are about to ${verb} ${target(environment)}.\nType ${environment.name} to go on: `,
  );
  if (answer !== environment.name)
    throw new CommandError(`"${answer}" is not ${environment.name}; nothing was changed.`);
}
