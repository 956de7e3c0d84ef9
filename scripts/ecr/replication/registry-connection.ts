import { DescribeRegistryCommand, ECRClient, type ReplicationRule as LiveRule } from "@aws-sdk/client-ecr";
import type { Environment } from "../../../environments/plan/environment";
import { explainReplication } from "../../../modules/ecr/registry/registry-explanation";
import type { Destination } from "../../../modules/ecr/registry/registry-requests";
import type { ReplicationRule } from "../../../modules/ecr/registry/replication-settings";
import { credentialProblem } from "../../failures/credentials";
import { CommandError } from "../../runner/command";

/** The registry of an environment and those that it replicates to, as AWS has them now. */
export class RegistryConnection {
  private readonly clients = new Map<string, ECRClient>();

  private constructor(
    readonly environment: Environment,
    private readonly rules: readonly ReplicationRule[],
  ) {}

  /**
   * Connect to the registry of an environment, and make sure that the credentials are those of its account.
   *
   * @throws CommandError when they are not, or when AWS does not answer
   */
  static async open(environment: Environment): Promise<RegistryConnection> {
    const client = newClient(environment.region);
    const { registryId, replicationConfiguration } = await client
      .send(new DescribeRegistryCommand({}))
      .catch((error: Error) => {
        throw new CommandError(
          `The registry of ${environment.name} in account ${environment.accountId}, ${environment.region} cannot be read: ${reasonOf(error, environment)}`,
        );
      });
    if (registryId !== environment.accountId)
      throw new CommandError(
        credentialProblem(`AWS account ID not allowed: ${registryId}`, environment) ?? "wrong account",
      );
    return new RegistryConnection(environment, (replicationConfiguration?.rules ?? []).map(asRule));
  }

  /** The client for a Region. It slows down when AWS asks it to. */
  client(region: string): ECRClient {
    const client = this.clients.get(region) ?? newClient(region);
    this.clients.set(region, client);
    return client;
  }

  /** Whether the registry now replicates a repository to a destination, whatever the environment file says. */
  replicates(repositoryName: string, { registryId, region }: Destination): boolean {
    return explainReplication(this.rules, repositoryName).destinations.some(
      (to) => to.registryId === registryId && to.region === region,
    );
  }
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html the adaptive mode limits its own rate */
const newClient = (region: string) => new ECRClient({ region, retryMode: "adaptive", maxAttempts: 8 });

/** A rule without filters applies to every repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ReplicationRule.html */
function asRule({ destinations = [], repositoryFilters = [] }: LiveRule): ReplicationRule {
  return {
    destinations: destinations.map(({ region = "", registryId = "" }) => ({ region, registryId })),
    filters: repositoryFilters.length === 0 ? [""] : repositoryFilters.map(({ filter = "" }) => filter),
  };
}

/** Why AWS did not do what was asked, in one line. */
export function reasonOf({ name, message }: Error, environment: Environment): string {
  const text = `${name}: ${message.replace(/\s+/g, " ")}`;
  return credentialProblem(text, environment) ?? text;
}
