import type { Layer } from "../../environments/naming";
import { tiers } from "../../environments/options/tier";
import type { Environment } from "../../environments/plan/environment";
import {
  deployOrder,
  type StackPlan,
  sharesRegistry,
  stacksOf,
  whyAbsent,
} from "../../environments/plan/stacks";
import { suggest } from "../../modules/values/suggestion";
import { CommandError } from "./command";
import type { ChosenEnvironments } from "./environment-command";
import { ask } from "./question";
import { target } from "./stack";

/** What a command does to stacks. */
type Verb = "deploy" | "destroy" | "diff" | "import";

/** The environment of that name. @throws CommandError that names the existing ones */
export function environmentNamed(name: string, environments: readonly Environment[]): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  const names = environments.map((environment) => environment.name);
  throw new CommandError(
    `There is no environment "${name}"; ${suggest(name, names) ?? `choose from ${names.join(", ")}`}`,
  );
}

/**
 * The environment of that name, or all of a tier or of every tier: development first, because what fails there should not
 * reach production, and each tier in the order of `environments/all.ts`.
 *
 * @throws CommandError when there is none
 */
export function chosenEnvironments(
  { environment, all, tier }: ChosenEnvironments,
  environments: readonly Environment[],
): Environment[] {
  if (!all) return [environmentNamed(environment, environments)];
  const chosen = environments.filter((one) => tier === undefined || one.tier === tier);
  if (chosen.length === 0)
    throw new CommandError(`There is no environment${tier === undefined ? "" : ` of the tier ${tier}`}.`);
  return chosen.toSorted((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier));
}

/**
 * The stacks of the given layers of an environment, in the order of deployment.
 *
 * @param layers empty: all but the bootstrap, which is deployed once
 * @throws CommandError when the environment lacks one of the layers
 */
export function selected(verb: Verb, environment: Environment, layers: readonly Layer[]): StackPlan[] {
  if (layers.length === 0) return deployOrder(environment);
  const absences = layers.flatMap((layer) => {
    const reason = whyAbsent(layer, environment);
    return reason === undefined ? [] : [`${reason}, so there is no ${layer} layer to ${verb}.`];
  });
  if (absences.length > 0) throw new CommandError(absences.join("\n"));
  return stacksOf(environment).filter(({ layer }) => layers.includes(layer));
}

/** The stacks of an environment and of those that share its registry, each environment's in the order of deployment. */
export function withSharedRegistry(
  environment: Environment,
  environments: readonly Environment[],
): StackPlan[] {
  return [environment, ...sharesRegistry(environment, environments)].flatMap(deployOrder);
}

/**
 * Make sure that somebody can approve, before anything runs. In production, asks for the environment's name.
 *
 * @throws CommandError when the name is wrong, or without a terminal, where nobody could answer the later questions
 */
export async function approve(verb: Verb, environment: Environment, autoApprove: boolean): Promise<void> {
  if (autoApprove) return;
  if (!process.stdin.isTTY)
    throw new CommandError(
      `There is no terminal to ask for confirmation; nothing was started. Add --auto-approve to ${verb} without confirmation.`,
    );
  if (environment.tier !== "production") return;
  const unchanged = "nothing was changed";
  const answer = await ask(
    `You are about to ${verb} ${target(environment)}.\nType ${environment.name} to continue: `,
    unchanged,
  );
  if (answer !== environment.name)
    throw new CommandError(`"${answer}" is not ${environment.name}; ${unchanged}.`);
}
