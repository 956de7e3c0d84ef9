import type { Layer } from "../../environments/naming";
import type { Environment } from "../../environments/plan/environment";
import { deployOrder, type StackPlan, stacksOf, whyAbsent } from "../../environments/plan/stacks";
import { suggest } from "../../modules/values/suggestion";
import { CommandError } from "./command";
import { ask } from "./question";
import { target } from "./stack";

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
 * The stacks of some layers of an environment, in the order of deployment.
 *
 * @param wanted empty: all but the bootstrap, which is deployed once
 * @throws CommandError when the environment lacks a wanted layer
 */
export function selected(environment: Environment, wanted: readonly Layer[]): StackPlan[] {
  if (wanted.length === 0) return deployOrder(environment);
  const reasons = wanted.flatMap((layer) => whyAbsent(layer, environment) ?? []);
  if (reasons.length > 0) throw new CommandError(reasons.join("\n"));
  return stacksOf(environment).filter(({ layer }) => wanted.includes(layer));
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
