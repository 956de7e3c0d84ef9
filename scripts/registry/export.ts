import { Command } from "commander";
import { exportedRequests } from "../../environments/plan/exported-requests";
import { listedProject } from "../environment-files/listed-project";
import { environmentNamed } from "../runner/selection";

/** `registry export`: what an environment requests from its registry, for the project that owns it. */
export function exportCommand(): Command {
  return new Command("export")
    .description(
      "Print what an environment requests from its registry, as JSON for the project that owns it.",
    )
    .requiredOption("--env <name>", "environment, e.g. prod")
    .addHelpText(
      "after",
      `
The owner imports the file in an environment file, and adds it to ecr.registryRequests:

  npm run --silent registry -- export --env prod > shop-prod.json`,
    )
    .action(({ env }: { env: string }) => {
      const { environments } = listedProject();
      const environment = environmentNamed(env, environments);
      process.stdout.write(`${JSON.stringify(exportedRequests(environment, environments), null, 2)}\n`);
      if (environment.ecr.registryOwner === "this-project")
        process.stderr.write(
          `This project still owns the registry: when the other project has included these requests, set ecr.registryOwner: "other-project" in ${environment.file}.\n`,
        );
    });
}
