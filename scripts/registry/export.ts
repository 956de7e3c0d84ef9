import { Command } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { exportedRequests } from "../../environments/plan/exported-requests";
import { ownsRegistry } from "../../environments/plan/registry-owner";
import { type RegistryPlan, registryPlans, usersOf } from "../../environments/plan/registry-plan";
import { replicaRegions } from "../../environments/plan/replicas";
import { listedProject } from "../environment-files/listed-project";
import { CommandError } from "../runner/command";
import { commandHelp } from "../runner/help-text";
import { environmentNamed } from "../runner/selection";

/** `registry export`: what an environment requests from its registry, for the project that owns it. */
export function exportCommand(): Command {
  return new Command("export")
    .description(
      "Print what an environment requests from its registry, as JSON for the project that owns it.",
    )
    .requiredOption("--env <name>", "environment, e.g. prod")
    .option("--region <region>", "Region of the registry, if it has the environment's replicas")
    .addHelpText(
      "after",
      commandHelp("registry -- export", {
        notes: "The owner imports the file in an environment file, and adds it to ecr.registryRequests.",
        exitCodes: { 0: "the requests are printed", 1: "there are none" },
        examples: ["--env prod > shop-prod.json"],
        silent: true,
      }),
    )
    .action(({ env, region }: { env: string; region?: string }) => {
      const { environments } = listedProject();
      const environment = environmentNamed(env, environments);
      const plan = registryOf(environment, environments, region ?? environment.region);
      const requests = exportedRequests(environment, environments, plan.region);
      process.stdout.write(`${JSON.stringify(requests, null, 2)}\n`);
      const option =
        plan.environments.length > 0
          ? 'registryOwner: "other-project"'
          : `replicaRegistryOwners: { "${plan.region}": "other-project" }`;
      if (ownsRegistry(plan))
        process.stderr.write(
          `This project still owns the registry: when the other project has included these requests, set ecr.${option} in ${usersOf(plan)[0].file}.\n`,
        );
    });
}

/** @throws CommandError when the environment has nothing in a registry of that Region */
function registryOf(
  environment: Environment,
  environments: readonly Environment[],
  region: string,
): RegistryPlan {
  const regions = [environment.region, ...replicaRegions(environment)];
  const found = registryPlans(environments).find(
    (plan) => plan.region === region && usersOf(plan).includes(environment),
  );
  if (found !== undefined && regions.includes(region)) return found;
  throw new CommandError(
    `${environment.name} has no repositories or replicas in ${region}; choose from ${regions.join(", ")}`,
  );
}
