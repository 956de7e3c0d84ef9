import { Command, Option } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { repositoryName } from "../../environments/plan/repository-names";
import { registryHost } from "../../modules/ecr/repository/repository-address";
import { tagMayMove } from "../../modules/ecr/repository/tag-mutability";
import { nameOf } from "../ecr/image/image-id";
import { requiredRepositoryOption } from "../ecr/repository-option";
import { listedProject } from "../environment-files/listed-project";
import { commandHelp } from "../runner/help-text";
import { environmentNamed } from "../runner/selection";
import { declaredRole, pipelineEnvironments } from "./pipeline-role";

const named = (name: string): Environment => environmentNamed(name, listedProject().environments);

/** Lines for `$GITHUB_OUTPUT` of GitHub and dotenv reports of GitLab. */
function printLines(values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) process.stdout.write(`${name}=${value}\n`);
}

/** `environments`: the matrix of a workflow. */
export function environmentsCommand(): Command {
  return new Command("environments")
    .description(
      "Print the environments that GitHub workflows plan or deploy, as a matrix; nothing after matrix= if there are none.",
    )
    .addOption(
      new Option("--purpose <purpose>", "what the workflow does")
        .choices(["plan", "deploy"])
        .makeOptionMandatory(),
    )
    .addHelpText(
      "after",
      commandHelp("pipeline -- environments", {
        exitCodes: { 0: "they are printed", 1: "a file has a problem" },
        examples: ["--purpose deploy"],
      }),
    )
    .action(({ purpose }: { purpose: "deploy" | "plan" }) => {
      const include = pipelineEnvironments(listedProject().environments, purpose);
      printLines({ matrix: include.length > 0 ? JSON.stringify({ include }) : "" });
    });
}

/** `role`: the role of a job, as the AWS SDK and Terraform read it from the environment. */
export function roleCommand(): Command {
  return new Command("role")
    .description("Print AWS_ROLE_ARN and AWS_REGION for a pipeline role of an environment.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .requiredOption("--role <name>", "plan, deploy or push-<name>")
    .addHelpText(
      "after",
      commandHelp("pipeline -- role", {
        exitCodes: { 0: "it is printed", 1: "there is no such role" },
        examples: ["--env prod --role deploy"],
      }),
    )
    .action(({ env, role }: { env: string; role: string }) => {
      const environment = named(env);
      printLines({ AWS_ROLE_ARN: declaredRole(environment, role), AWS_REGION: environment.region });
    });
}

/** `image`: where the image of a commit goes, and who pushes it. */
export function imageCommand(): Command {
  return new Command("image")
    .description(
      "Print the URI of a repository, the role that pushes to it, and whether its tag latest moves.",
    )
    .requiredOption("--env <name>", "environment, e.g. prod")
    .addOption(requiredRepositoryOption())
    .requiredOption("--push-role <name>", "name of the role in security.ci.push")
    .addHelpText(
      "after",
      commandHelp("pipeline -- image", {
        exitCodes: { 0: "it is printed", 1: "there is no such repository or role" },
        examples: ["--env prod --repository web-app --push-role app"],
      }),
    )
    .action(({ env, repository, pushRole }: { env: string; repository: string; pushRole: string }) => {
      const environment = named(env);
      nameOf(repository, environment);
      const { imageTagMutability, imageTagMutabilityExclusionFilters } =
        environment.ecr.repositories[repository] ?? {};
      const moves =
        imageTagMutability !== undefined &&
        tagMayMove("latest", imageTagMutability, imageTagMutabilityExclusionFilters ?? []);
      printLines({
        uri: `${registryHost(environment)}/${repositoryName(environment, repository)}`,
        region: environment.region,
        role: declaredRole(environment, `push-${pushRole}`),
        latestMoves: String(moves),
      });
    });
}
