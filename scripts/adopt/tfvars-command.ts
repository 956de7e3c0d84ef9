import { Command } from "commander";
import { CommandError } from "../runner/command";
import { adoptInto, type Source } from "./adopt-into";
import { type AdoptCommandOptions, adoptHelp, withTarget } from "./command-options";
import { choiceOf } from "./found/choice";
import { foundOptions, placeInSource } from "./found/found-options";
import { guideSource } from "./guide/guide-source";
import { knownValue } from "./hcl/known-values";
import { readModules } from "./hcl/read-modules";
import { readVariables } from "./hcl/read-variables";
import { moduleRegistry } from "./modules/module-registry";
import { inOrder, type Note, noteLine } from "./note";
import { givenIdentity, projectOf } from "./project-of";

/** `adopt tfvars`: variables in the guide's format, or calls of known modules. */
export function tfvarsCommand(): Command {
  return withTarget(
    new Command("tfvars")
      .description(
        "Write an environment file from variables in the format of the ECR guide, or from calls of modules.",
      )
      .argument("<files...>", ".tfvars, .tfvars.json and .tf; the last that sets a variable counts"),
  )
    .addHelpText(
      "after",
      adoptHelp("tfvars", [
        "terraform.tfvars --env dev --project shop --account 123456789012 --region eu-west-1",
        "main.tf variables.tf prod.tfvars --env prod --tier production --replace",
      ]),
    )
    .action(async (files: string[], options: AdoptCommandOptions) => {
      const source = files.some((file) => file.endsWith(".tf"))
        ? await moduleSource(files, options)
        : await guideFiles(files, options);
      await adoptInto(options, { ...source, next: nextSteps });
    });
}

const nameVariables = ({ env }: AdoptCommandOptions) => ({ environment: env, env });

async function guideFiles(
  files: readonly string[],
  options: AdoptCommandOptions,
): Promise<Omit<Source, "next">> {
  const { accountId, region } = givenIdentity(options);
  return guideSource(files, await readVariables(files, nameVariables(options)), { accountId, region });
}

/** @throws CommandError when no file calls a module that is known */
async function moduleSource(
  files: readonly string[],
  options: AdoptCommandOptions,
): Promise<Omit<Source, "next">> {
  const given = givenIdentity(options);
  const { accountId, region } = given;
  const isCode = (file: string) => file.endsWith(".tf");
  const variables = await readVariables(
    files.filter((file) => !isCode(file)),
    nameVariables(options),
  );
  const calls = await readModules(files.filter(isCode), variables, (name) =>
    name === "var.environment" && !variables.entries.has("environment")
      ? options.env
      : knownValue(name, given),
  );
  const notes: Note[] = [];
  const registry = moduleRegistry(calls, { accountId, region }, notes);
  if (registry.repositories.length === 0)
    throw new CommandError(
      [
        ...inOrder([...notes, ...registry.others.map((other): Note => ({ kind: "loss", ...other }))]).map(
          noteLine,
        ),
        `${files.join(", ")}: no call of terraform-aws-modules/ecr, cloudposse/ecr or lgallard/ecr whose names are known. Nothing was written.`,
      ].join("\n"),
    );
  const choice = choiceOf({ env: options.env, project: projectOf(options), repositories: [] }, registry);
  const adopted = foundOptions(registry, choice, notes);
  return { adopted, notes, placeOf: placeInSource(adopted) };
}

const nextSteps = (environment: string): string[] => [
  `npm run deploy -- ${environment} --layer bootstrap --layer security   the state bucket and the keys`,
  `npm run imports -- ${environment}   import blocks for the repositories that exist`,
  `npm run deploy -- ${environment}   shows the plan, and asks`,
];
