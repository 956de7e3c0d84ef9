import { Command } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { type HandedOverTemplate, handedOverTemplate } from "../../environments/plan/handed-over-template";
import { handedOverStatements } from "../../environments/plan/registry-policy";
import { foreignRegistries } from "../../environments/plan/replication-sources";
import { listedProject } from "../environment-files/listed-project";
import { CommandError } from "../runner/command";
import { environmentNamed } from "../runner/selection";
import { helpText, type VerbHelp } from "./verb";

const help: VerbHelp = {
  notes: `Without the template, ECR creates replicas with AES256 encryption, mutable tags and no lifecycle policy. The owner replaces
what is in <>, and creates it before the first image is replicated:

  npm run --silent ecr -- registry policy --env prod | jq '.[0].template' > template.json
  aws ecr create-repository-creation-template --region us-west-2 --cli-input-json file://template.json

Needs no credentials.`,
  exitCodes: { 0: "it is printed", 1: "the environment replicates to no other account" },
  examples: ["--env prod"],
  silent: true,
};

/** `registry policy`: the policies and templates that the owners of other accounts' registries need. */
export function replicationPolicyCommand(): Command {
  return new Command("policy")
    .description(
      "Print, as JSON, the registry policy and the repository creation template that each destination in another account needs, for its owner.",
    )
    .requiredOption("--env <name>", "environment that replicates, e.g. prod")
    .option("--json", "print JSON, as without it")
    .addHelpText("after", helpText("registry policy", help))
    .action(({ env }: { readonly env: string; readonly json?: boolean }) => {
      const { environments } = listedProject();
      const policies = replicationPolicies(environmentNamed(env, environments));
      if (policies.length === 0) throw new CommandError(`${env} replicates to no other account.`);
      process.stdout.write(`${JSON.stringify(policies, null, 2)}\n`);
    });
}

/** What to hand over to the owner of a registry. */
interface HandedOver extends Partial<HandedOverTemplate> {
  readonly accountId: string;
  readonly region: string;
  readonly policy: object;
}

/** The policy and template of each registry in another account that an environment replicates to. */
function replicationPolicies(environment: Environment): HandedOver[] {
  return foreignRegistries(environment).map((address) => ({
    ...address,
    policy: { Version: "2012-10-17", Statement: handedOverStatements(address, [environment]) },
    ...handedOverTemplate(environment, address),
  }));
}
