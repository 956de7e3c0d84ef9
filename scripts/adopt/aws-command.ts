import { Command } from "commander";
import { definitions } from "../../environments/all";
import { type Definition, defineEnvironment } from "../../environments/environment";
import { namePrefix } from "../../environments/naming";
import type { EnvironmentInput } from "../../environments/options/environment";
import { ConfigurationError } from "../../environments/schema/problem";
import { AccountConnection } from "../ecr/account-connection";
import { accountRegistry } from "./account/account-registry";
import { adoptInto } from "./adopt-into";
import { type AdoptCommandOptions, adoptHelp, repositoryOption, withTarget } from "./command-options";
import { checkMatches, choiceOf } from "./found/choice";
import { foundOptions } from "./found/found-options";
import type { Note } from "./note";
import { targetOf } from "./target";

interface AwsOptions extends AdoptCommandOptions {
  readonly repository: readonly string[];
}

/** `adopt aws`: the registry of an account and Region. */
export function awsCommand(): Command {
  return withTarget(
    new Command("aws").description(
      "Write an environment file from the registry of an AWS account and Region.",
    ),
  )
    .addOption(repositoryOption())
    .addHelpText(
      "after",
      adoptHelp("aws", [
        "--env dev --project shop --account 123456789012 --region eu-west-1",
        '--env dev --repository "team/*" --dry-run',
      ]),
    )
    .action(async (options: AwsOptions) => {
      const notes: Note[] = [];
      const { base, file } = targetOf(options, {}, definitions, notes);
      // Without repositories, only what the rules of production say is missing, and that is checked with them.
      const definition = defineEnvironment({ ...base, tier: "development" } as EnvironmentInput);
      if (!definition.ok)
        throw new ConfigurationError(definition.problems.map((problem) => ({ ...problem, file })));
      const existing = Object.entries(definitions).find(([path]) => path === file)?.[1];
      const deployRole = existing?.ok ? existing.environment.deployRole : undefined;
      const connection = await AccountConnection.open({ ...definition.environment, deployRole, file });
      const registry = await accountRegistry(connection, isOwn([definition, ...Object.values(definitions)]));
      checkMatches(options.repository, registry);
      const { project, accountId, region } = base;
      const choice = choiceOf(
        { env: options.env, project, repositories: options.repository },
        { accountId, region },
      );
      const adopted = foundOptions(registry, choice, notes);
      await adoptInto(options, { adopted, notes, next: nextSteps });
    });
}

/** Whether an environment of the project has made what has a name: its prefix is in the name. */
const isOwn =
  (environments: readonly Definition[]) =>
  (name: string): boolean =>
    environments.some(
      (one) => one.ok && ["-", "/"].some((end) => name.includes(`${namePrefix(one.environment)}${end}`)),
    );

const nextSteps = (environment: string): string[] => [
  `npm run deploy -- ${environment} --layer bootstrap --layer security   the state bucket and the keys`,
  `npm run adopt -- plan --env ${environment}   import blocks, and what the deploy would change`,
  `npm run deploy -- ${environment}   imports, after it has shown the plan and asked`,
];
