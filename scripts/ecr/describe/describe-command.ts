import type { Command } from "commander";
import { listedProject } from "../../environment-files/listed-project";
import { chosenRepository, repositoryForms } from "../addresses/chosen-repository";
import { reading } from "../reading";
import { requiredRepositoryOption } from "../repository-option";
import {
  chosenEnvironment,
  type SetExitCode,
  type VerbHelp,
  type VerbOptions,
  verb,
  writeResult,
} from "../verb";
import { declaredSettings } from "./declared";
import { exitCodeOf } from "./description";
import { asText } from "./description-output";

interface DescribeOptions extends VerbOptions {
  readonly repository: string;
  readonly region?: string;
}

const help: VerbHelp = {
  notes: `Compares tags, encryption, scanning, replication, the lifecycle policy and the repository policy. Order does not count in
policies. Settings that the environment file does not name are shown and not compared.
Sizes of images are added up; layers that they share are stored once, so ECR bills this or less.`,
  exitCodes: {
    0: "AWS has what the environment file says",
    2: "a setting differs",
    3: "AWS has no such repository",
    1: "it cannot be read",
    130: "stopped with Ctrl-C",
  },
  examples: ["--env dev --repository web-app", "--env prod --repository web-app --region us-west-2 --json"],
};

/**
 * `describe`: everything about one repository, and where AWS differs from the environment file.
 *
 * @param setExitCode receives the exit code
 */
export function describeCommand(setExitCode: SetExitCode): Command {
  return verb("describe", "Show a repository: what the environment file says, and what AWS has.", help)
    .addOption(requiredRepositoryOption(repositoryForms))
    .option("--region <region>", "Region of a replica")
    .action((options: DescribeOptions) =>
      reading(async (signal) => {
        const environment = chosenEnvironment(options);
        const repository = chosenRepository(environment, options);
        const declared = declaredSettings(environment, repository, listedProject().environments);
        const { AccountConnection, RepositoryReader, described } = await live();
        const account = await AccountConnection.open(environment);
        const reader = new RepositoryReader(account, repository, signal);
        const description = await described(environment, declared, account, reader);
        writeResult(options, description, () => asText(description));
        setExitCode(exitCodeOf(description));
      }),
    );
}

/** Loads the AWS SDK only when needed. */
async function live() {
  return {
    ...(await import("../account-connection.js")),
    ...(await import("../images/repository-reader.js")),
    ...(await import("./described.js")),
  };
}
