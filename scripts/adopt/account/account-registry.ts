import {
  DescribePullThroughCacheRulesCommand,
  DescribeRegistryCommand,
  DescribeRepositoryCreationTemplatesCommand,
  type ECRClient,
  GetRegistryPolicyCommand,
  GetRegistryScanningConfigurationCommand,
  paginateDescribeRepositories,
} from "@aws-sdk/client-ecr";
import type { AccountConnection } from "../../ecr/account-connection";
import { inParallel } from "../../ecr/images/in-parallel";
import { liveReplication, liveScanning } from "../../ecr/live-registry";
import { whenMissing } from "../../ecr/when-missing";
import type { FoundOther, FoundRegistry, FoundRepository } from "../found/found-registry";
import { readRepository } from "./read-repository";

/** The registry of an account and Region, as AWS has it. @throws CommandError when AWS refuses to tell */
export async function accountRegistry(connection: AccountConnection): Promise<FoundRegistry> {
  const client = connection.ecr();
  const ask = <T>(what: string, request: () => Promise<T>) => connection.ask(what, request);
  const [scanning, replication, others] = await Promise.all([
    ask("The scanning of the registry", () => client.send(new GetRegistryScanningConfigurationCommand({}))),
    ask("The replication of the registry", () => client.send(new DescribeRegistryCommand({}))),
    ask("The settings of the registry", () => othersIn(client)),
  ]);
  return {
    accountId: connection.accountId,
    region: connection.environment.region,
    repositories: await ask("The repositories", () => repositoriesIn(client)),
    scanning: liveScanning(scanning.scanningConfiguration),
    replication: liveReplication(replication.replicationConfiguration),
    others,
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

/** What the registry has besides repositories, scanning and replication. A Region without such a feature has none. */
async function othersIn(client: ECRClient): Promise<FoundOther[]> {
  const [caches, templates, policy] = await Promise.all([
    client.send(new DescribePullThroughCacheRulesCommand({ maxResults: 1000 })),
    client.send(new DescribeRepositoryCreationTemplatesCommand({ maxResults: 1000 })),
    client
      .send(new GetRegistryPolicyCommand({}))
      .catch(whenMissing("RegistryPolicyNotFoundException", { policyText: undefined })),
  ]);
  return [
    ...(caches.pullThroughCacheRules ?? []).map(({ ecrRepositoryPrefix, upstreamRegistryUrl }) => ({
      subject: `pull-through cache ${ecrRepositoryPrefix} of ${upstreamRegistryUrl}`,
      text: "declare it in ecr.pullThroughCache, under the short name from which naming.repository makes this prefix, or with prefix ROOT; until then nothing changes about it",
    })),
    ...(templates.repositoryCreationTemplates ?? []).map(({ prefix }) => ({
      subject: `repository creation template ${prefix}`,
      text: "declare it in ecr.creationTemplates; until then nothing changes about it",
    })),
    ...(policy.policyText === undefined
      ? []
      : [
          {
            subject: "registry policy",
            text: "this project computes it from what the environments need; until one needs it, nothing changes about it, and then deploy stops before access is lost",
          },
        ]),
  ];
}
