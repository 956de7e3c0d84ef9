import { Command } from "commander";
import { adoptInto } from "./adopt-into";
import { type AdoptCommandOptions, adoptHelp, withTarget } from "./command-options";
import { guideSource } from "./guide/guide-source";
import { readVariables } from "./hcl/read-variables";

/** `adopt tfvars`: variables of an older project. */
export function tfvarsCommand(): Command {
  return withTarget(
    new Command("tfvars")
      .description("Write an environment file from variables in the format of the ECR guide.")
      .argument("<files...>", ".tfvars or .tfvars.json; the last that sets a variable counts"),
  )
    .addHelpText(
      "after",
      adoptHelp([
        "tfvars terraform.tfvars --env dev --project shop --account 123456789012 --region eu-west-1",
        "tfvars common.tfvars prod.tfvars --env prod --tier production --replace",
      ]),
    )
    .action(async (files: string[], options: AdoptCommandOptions) => {
      const source = guideSource(await readVariables(files, { environment: options.env, env: options.env }), {
        accountId: options.account,
        region: options.region,
      });
      await adoptInto(options, { ...source, next: nextSteps });
    });
}

const nextSteps = (environment: string): string[] => [
  `npm run deploy -- ${environment} --layer bootstrap --layer security   the state bucket and the keys`,
  `npm run imports -- ${environment}   import blocks for the repositories that exist`,
  `npm run deploy -- ${environment}   shows the plan, and asks`,
];
