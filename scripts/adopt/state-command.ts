import { Command } from "commander";
import { CommandError } from "../runner/command";
import { adoptInto } from "./adopt-into";
import { type AdoptCommandOptions, adoptHelp, repositoryOption, withTarget } from "./command-options";
import type { FoundIdentity } from "./environment-input";
import { checkMatches, choiceOf } from "./found/choice";
import { foundOptions, placeInSource } from "./found/found-options";
import type { Note } from "./note";
import { givenIdentity, projectOf } from "./project-of";
import { leaving, removeCommands, removedBlocks } from "./state/leaving-resources";
import { readStates } from "./state/read-state";
import { stateRegistry } from "./state/state-registry";

interface StateOptions extends AdoptCommandOptions {
  readonly repository: readonly string[];
  readonly removedBlocks?: boolean;
}

/** `adopt state`: the state of another Terraform project. */
export function stateCommand(): Command {
  return withTarget(
    new Command("state")
      .description(
        "Write an environment file from a Terraform state, and say how resources leave that state.",
      )
      .argument("<files...>", "state of version 4: files, or s3://<bucket>/<key>"),
  )
    .addOption(repositoryOption())
    .option("--removed-blocks", "print removed blocks for the old configuration in place of commands")
    .addHelpText(
      "after",
      adoptHelp("state", [
        "terraform.tfstate --env dev --project shop",
        "s3://shop-tfstate/dev/terraform.tfstate --env dev --project shop --removed-blocks",
      ]),
    )
    .action(adoptState);
}

async function adoptState(files: string[], options: StateOptions): Promise<void> {
  const instances = await readStates(files);
  const given = givenIdentity(options);
  const registry = stateRegistry(instances, given);
  if (registry.repositories.length === 0)
    throw new CommandError(
      `${files.join(", ")}: there is no aws_ecr_repository in it${placeText(given)}. Nothing was written.`,
    );
  checkMatches(options.repository, registry);
  const notes: Note[] = [];
  const project = projectOf(options);
  const choice = choiceOf({ ...options, project, repositories: options.repository }, registry);
  const adopted = foundOptions(registry, choice, notes);
  const replicas = (registry.replication ?? []).flatMap((rule) =>
    rule.destinations.map(({ region }) => region),
  );
  const regions = new Set([registry.region ?? "", ...replicas]);
  const { accountId } = registry;
  const gone = leaving(instances, { names: adopted.repositoryNames, regions, accountId, adopted });
  const removal =
    options.removedBlocks === true ? removedBlocks(gone, instances).split("\n") : removeCommands(gone);
  await adoptInto(options, {
    ...{ adopted, notes, placeOf: placeInSource(adopted) },
    report: { removal },
    next: (environment) => nextSteps(environment, removal),
  });
}

/** Where no repository is. */
function placeText({ accountId, region }: FoundIdentity): string {
  const account = accountId === undefined ? "" : ` in account ${accountId}`;
  return region === undefined ? account : `${account} in ${region}`;
}

/**
 * First the new project proves by a plan that it imports everything and changes nothing; then the resources leave the old
 * state; then the new one imports them. In between no state has them, so nothing can destroy them.
 */
const nextSteps = (environment: string, removal: readonly string[]): string[] => [
  "1. Stop every pipeline of the old project, and keep its state: terraform state pull > old.tfstate",
  `2. npm run deploy -- ${environment} --layer bootstrap --layer security`,
  `3. npm run adopt -- plan --env ${environment}          until it imports everything and explains the rest`,
  "4. In the old project, where no state has the resources afterwards, so that nothing can destroy them:",
  ...removal.map((line) => (line === "" ? "" : `     ${line}`)),
  "   Remove them from its configuration too, and check: terraform plan",
  `5. npm run deploy -- ${environment}                    imports them; its import blocks go with it`,
];
