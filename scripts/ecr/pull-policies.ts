import type { Command } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { type OwnerPolicy, ownerOf, ownerPolicies } from "../../environments/plan/owner-policies";
import { listedProject } from "../environment-files/listed-project";
import { environmentNamed } from "../runner/selection";
import { type VerbHelp, type VerbOptions, verb, writeResult } from "./verb";

const help: VerbHelp = {
  notes: `For consumers whose image.repository is the URL of a repository in another account. Prints what its owner adds to the policy of
each repository; an owner in this project gets the options of the environment file that do it. The roles exist after the
layer security is deployed, and the statements are accepted before. A key that encrypts the repository needs no statement: ECR
decrypts with grants of its own. Needs no credentials.`,
  silent: true,
  exitCodes: { 0: "the statements are printed, or no consumer needs any", 1: "there is no such environment" },
  examples: ["--env prod", "--env prod --json"],
};

/** `pull-policies`: what owners of other accounts' repositories must allow. Calls nothing. */
export function pullPoliciesCommand(): Command {
  return verb(
    "pull-policies",
    "Print the policy statements that owners of repositories in other accounts must add.",
    help,
  ).action((options: VerbOptions) => {
    const { environments } = listedProject();
    const environment = environmentNamed(options.env, environments);
    const policies = ownerPolicies(environment).map((policy) => ({
      ...policy,
      owner: ownerText(policy, environments),
    }));
    writeResult(
      options,
      {
        environment: environment.name,
        repositories: policies.map(({ repository, statements, owner, ...rest }) => ({
          ...repository,
          ...rest,
          owner: owner ?? null,
          policy: { Version: "2012-10-17", Statement: statements },
        })),
      },
      () =>
        policies.length === 0
          ? `No consumer in ${environment.file} runs an image of another account.\n`
          : policies.map((policy) => textOf(environment, policy)).join("\n"),
    );
  });
}

/** Who owns the repository, if this project does. */
function ownerText(policy: OwnerPolicy, environments: readonly Environment[]): string | undefined {
  const owner = ownerOf(policy, environments);
  return owner && `ecr.repositories.${owner.shortName} in ${owner.environment.file}`;
}

function textOf(
  { accountId }: Environment,
  {
    url,
    repository,
    consumers,
    statements,
    roleArns,
    functions,
    owner,
  }: OwnerPolicy & { readonly owner: string | undefined },
): string {
  const lines = [`${url}, for ${consumers.join(", ")}`];
  if (owner !== undefined)
    lines.push(
      functions
        ? `In ${owner}: enableCrossAccountAccess: true, "${accountId}" in allowedAccountIds, and enableLambdaPull: true.`
        : `In ${owner}: pullRoleArns: ${JSON.stringify(roleArns)}, or allowedAccountIds with "${accountId}".`,
    );
  else
    lines.push(
      `Account ${repository.accountId} adds these statements to the policy of ${repository.name} in ${repository.region}:`,
      JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2),
    );
  return `${lines.join("\n")}\n`;
}
