import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  GetRegistryScanningConfigurationCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  type Repository,
} from "@aws-sdk/client-ecr";
import { explainReplication } from "../../../modules/ecr/registry/registry-explanation";
import { CommandError } from "../../runner/command";
import type { RepositoryReader } from "../images/repository-reader";
import { liveReplication } from "../live-registry";
import { whenMissing } from "../when-missing";
import type { RepositorySettings, SettingName } from "./settings";

/** A repository as AWS has it. */
export interface RepositoryAtAws {
  readonly repository: Repository;
  readonly settings: Partial<RepositorySettings>;
  /** Why settings could not be read, e.g. because the principal may not. */
  readonly unread: Partial<Record<SettingName, string>>;
}

/** The repository, or `undefined` if there is none of this name. @throws CommandError when AWS refuses to tell */
export async function repositoryAtAws(reader: RepositoryReader): Promise<RepositoryAtAws | undefined> {
  const { registryId, repositoryName } = reader.id;
  const found = await orNone("RepositoryNotFoundException", reader, (client, options) =>
    client.send(new DescribeRepositoriesCommand({ registryId, repositoryNames: [repositoryName] }), options),
  );
  const repository = found?.repositories?.[0];
  if (repository === undefined) return undefined;
  const unread: Partial<Record<SettingName, string>> = {};
  const parts = await Promise.all(
    Object.entries(readers).map(async ([names, read]) => {
      try {
        return await read(reader, repository);
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        for (const name of names.split(" ")) unread[name as SettingName] = error.message;
        return {};
      }
    }),
  );
  return { repository, unread, settings: Object.assign(own(repository), ...parts) };
}

function own({
  imageTagMutability,
  imageTagMutabilityExclusionFilters = [],
  encryptionConfiguration,
}: Repository): Partial<RepositorySettings> {
  return {
    imageTagMutability: imageTagMutability ?? "MUTABLE",
    imageTagMutabilityExclusionFilters: imageTagMutabilityExclusionFilters.map(({ filter = "" }) => filter),
    encryptionType: encryptionConfiguration?.encryptionType ?? "AES256",
    kmsKey: encryptionConfiguration?.kmsKey ?? null,
  };
}

type Read = (reader: RepositoryReader, repository: Repository) => Promise<Partial<RepositorySettings>>;

/** What needs a request of its own, by the settings that it reads. */
const readers: Readonly<Record<string, Read>> = {
  lifecyclePolicy: async (reader) => {
    const found = await orNone("LifecyclePolicyNotFoundException", reader, (client, options) =>
      client.send(new GetLifecyclePolicyCommand(reader.id), options),
    );
    return { lifecyclePolicy: parsed(found?.lifecyclePolicyText) };
  },
  repositoryPolicy: async (reader) => {
    const found = await orNone("RepositoryPolicyNotFoundException", reader, (client, options) =>
      client.send(new GetRepositoryPolicyCommand(reader.id), options),
    );
    return { repositoryPolicy: parsed(found?.policyText) };
  },
  scanFrequency: async (reader) => {
    const { repositoryName } = reader.id;
    const { scanningConfigurations = [] } = await reader.ask((client, options) =>
      client.send(
        new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [repositoryName] }),
        options,
      ),
    );
    return { scanFrequency: scanningConfigurations[0]?.scanFrequency ?? "MANUAL" };
  },
  scanType: async (reader) => {
    const { scanningConfiguration } = await reader.ask((client, options) =>
      client.send(new GetRegistryScanningConfigurationCommand({}), options),
    );
    return { scanType: scanningConfiguration?.scanType ?? "BASIC" };
  },
  replicatedTo: async (reader) => {
    const { replicationConfiguration } = await reader.ask((client, options) =>
      client.send(new DescribeRegistryCommand({}), options),
    );
    const { destinations } = explainReplication(
      liveReplication(replicationConfiguration),
      reader.id.repositoryName,
    );
    return { replicatedTo: destinations.map(({ registryId, region }) => `${registryId} ${region}`) };
  },
  tags: async (reader, { repositoryArn }) => {
    const { tags = [] } = await reader.ask((client, options) =>
      client.send(new ListTagsForResourceCommand({ resourceArn: repositoryArn }), options),
    );
    // Tags of AWS itself belong to nobody's configuration.
    const entries = tags.map(({ Key = "", Value = "" }) => [Key, Value] as const);
    return { tags: Object.fromEntries(entries.filter(([key]) => !key.startsWith("aws:"))) };
  },
};

const parsed = (text: string | undefined): object | null => (text === undefined ? null : JSON.parse(text));

/** What AWS answers, or `undefined` after the error that says that there is none. */
function orNone<T>(
  none: string,
  reader: RepositoryReader,
  request: Parameters<typeof reader.ask<T>>[0],
): Promise<T | undefined> {
  return reader.ask<T | undefined>((client, options) =>
    request(client, options).catch(whenMissing(none, undefined)),
  );
}
