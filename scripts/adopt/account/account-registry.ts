import {
  DescribeRegistryCommand,
  type ECRClient,
  GetRegistryScanningConfigurationCommand,
  paginateDescribeRepositories,
} from "@aws-sdk/client-ecr";
import type { AccountConnection } from "../../ecr/account-connection";
import { inParallel } from "../../ecr/images/in-parallel";
import { liveReplication, liveScanning } from "../../ecr/live-registry";
import type { FoundRegistry, FoundRepository } from "../found/found-registry";
import { othersOfAccount } from "./account-others";
import { settingsOfAccount } from "./account-settings";
import { OptionalReads } from "./optional-reads";
import { readRepository } from "./read-repository";

/**
 * The registry of an account and Region, as AWS has it, and what is around it.
 *
 * @param isOwn whether an environment of this project has made what has a name
 * @throws CommandError when AWS refuses to tell what repositories need
 */
export async function accountRegistry(
  connection: AccountConnection,
  isOwn: (name: string) => boolean,
): Promise<FoundRegistry> {
  const client = connection.ecr();
  const reads = new OptionalReads(connection);
  const ask = <T>(what: string, request: () => Promise<T>) => connection.ask(what, request);
  const [scanning, replication, settings] = await Promise.all([
    ask("The scanning of the registry", () => client.send(new GetRegistryScanningConfigurationCommand({}))),
    ask("The replication of the registry", () => client.send(new DescribeRegistryCommand({}))),
    settingsOfAccount(client, reads),
  ]);
  const repositories = await ask("The repositories", () => repositoriesIn(client));
  const others = await othersOfAccount(connection, repositories, isOwn, reads);
  return {
    accountId: connection.accountId,
    region: connection.environment.region,
    repositories,
    scanning: liveScanning(scanning.scanningConfiguration),
    replication: liveReplication(replication.replicationConfiguration),
    settings,
    others: [...others, ...reads.unread],
  };
}

async function repositoriesIn(client: ECRClient): Promise<FoundRepository[]> {
  const found: FoundRepository[] = [];
  for await (const one of inParallel(listed(client), (repository) => readRepository(client, repository)))
    found.push(one);
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function* listed(client: ECRClient) {
  for await (const { repositories = [] } of paginateDescribeRepositories({ client, pageSize: 1000 }, {}))
    yield* repositories;
}
