import type { Command } from "commander";
import { furtherRegions } from "../../../environments/plan/replicas";
import { CommandError } from "../../runner/command";
import { repeatedOption } from "../../runner/repeated-option";
import type { AccountConnection } from "../account-connection";
import type { RunningSources } from "./running-images";

/** Where a user says that images may run. */
export interface LiveOptions {
  readonly role: readonly string[];
  readonly region: readonly string[];
  readonly kubeContext: readonly string[];
  readonly pods: readonly string[];
}

/** Add the options that say where images may run. */
export function withLiveOptions(command: Command): Command {
  return command
    .addOption(
      repeatedOption("--role <arn>", "also ask the account of this role, which your credentials may assume"),
    )
    .addOption(repeatedOption("--region <region>", "also ask this Region, e.g. eu-west-1"))
    .addOption(
      repeatedOption("--kube-context <name>", "also ask the cluster of this context of your kubeconfig"),
    )
    .addOption(
      repeatedOption(
        "--pods <file>",
        "also read the output of kubectl get pods --all-namespaces --output json",
      ),
    );
}

/**
 * The sources that the options name, beside the environment's account in its own Region and those of its replicas.
 *
 * @throws CommandError when a role or a Region is malformed
 */
export async function sourcesOf(
  account: AccountConnection,
  { role, region, kubeContext, pods }: LiveOptions,
): Promise<RunningSources> {
  const { environment } = account;
  const malformed = region.filter((name) => !/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/.test(name));
  if (malformed.length > 0)
    throw new CommandError(`--region: "${malformed.join(", ")}" is no Region; use e.g. eu-west-1`);
  return {
    accounts: [account, ...(await Promise.all(role.map((arn) => account.inRole(arn))))],
    regions: [...new Set([environment.region, ...furtherRegions(environment), ...region])],
    contexts: kubeContext,
    podFiles: pods,
    hasOptions: true,
  };
}
