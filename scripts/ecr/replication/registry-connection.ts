import { DescribeRegistryCommand, type ECRClient } from "@aws-sdk/client-ecr";
import type { Environment } from "../../../environments/plan/environment";
import { explainReplication } from "../../../modules/ecr/registry/registry-explanation";
import type { Destination } from "../../../modules/ecr/registry/registry-requests";
import type { ReplicationRule } from "../../../modules/ecr/registry/replication-settings";
import { AccountConnection } from "../account-connection";
import { liveReplication } from "../live-registry";

/** The registry of an environment and those that it replicates to, as AWS has them now. */
export class RegistryConnection {
  private constructor(
    private readonly account: AccountConnection,
    private readonly rules: readonly ReplicationRule[],
  ) {}

  /**
   * Connect to the registry of an environment, and make sure that the credentials are those of its account.
   *
   * @throws CommandError when they are not, or when AWS does not answer
   */
  static async open(environment: Environment): Promise<RegistryConnection> {
    const account = await AccountConnection.open(environment);
    const { replicationConfiguration } = await account.ask("The registry", () =>
      account.ecr().send(new DescribeRegistryCommand({})),
    );
    return new RegistryConnection(account, liveReplication(replicationConfiguration));
  }

  get environment(): Environment {
    return this.account.environment;
  }

  /** The client for a Region. It slows down when AWS asks it to. */
  client(region: string): ECRClient {
    return this.account.ecr(region);
  }

  /** Whether the registry now replicates a repository to a destination, whatever the environment file says. */
  replicates(repositoryName: string, { registryId, region }: Destination): boolean {
    return explainReplication(this.rules, repositoryName).destinations.some(
      (to) => to.registryId === registryId && to.region === region,
    );
  }
}
