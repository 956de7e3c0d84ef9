import { Command } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { foreignRegistries } from "../../environments/plan/registry";
import { handedOverStatements } from "../../environments/plan/registry-policy";
import { listedProject } from "../environment-files/listed-project";
import { CommandError } from "../runner/command";
import { environmentNamed } from "../runner/selection";

/** `registry policy`: the policies that the owners of other accounts' registries need. */
export function replicationPolicyCommand(): Command {
  return new Command("policy")
    .description(
      "Print, as JSON, the registry policy that each destination in another account needs, for its owner.",
    )
    .requiredOption("--env <name>", "environment that replicates, e.g. prod")
    .action(({ env }: { readonly env: string }) => {
      const { environments } = listedProject();
      const policies = replicationPolicies(environmentNamed(env, environments));
      if (policies.length === 0) throw new CommandError(`${env} replicates to no other account.`);
      process.stdout.write(`${JSON.stringify(policies, null, 2)}\n`);
    });
}

/** A registry policy to hand over. */
interface HandedOverPolicy {
  readonly accountId: string;
  readonly region: string;
  readonly policy: object;
}

/** The policy of each registry in another account that an environment replicates to. */
function replicationPolicies(environment: Environment): HandedOverPolicy[] {
  return foreignRegistries(environment).map((address) => ({
    ...address,
    policy: { Version: "2012-10-17", Statement: handedOverStatements(address, [environment]) },
  }));
}
