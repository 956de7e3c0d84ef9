import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeRegistryCommand,
  ECRClient,
} from "@aws-sdk/client-ecr";
import { clientConfig } from "../emulator/client-config";
import type { Environment } from "../environments/plan/environment";
import { ownDestinations } from "../environments/plan/replicas";
import { repositoryName } from "../environments/plan/repository-names";

/** What a repository asks of its registry. */
export interface Asked {
  /** e.g. `CONTINUOUS_SCAN` */
  readonly scanFrequency: string;
  /** Other Regions that it is replicated to, sorted. */
  readonly regions: readonly string[];
}

/** How many repositories have what they ask for. */
export interface Fulfilled {
  readonly replicated: number;
  readonly replicating: number;
  readonly scanned: number;
  readonly repositories: number;
}

/** What each repository of an environment asks for, by its name in ECR. */
export function askedIn(environment: Environment): Record<string, Asked> {
  return Object.fromEntries(
    Object.entries(environment.ecr.repositories).map(([name, options]) => [
      repositoryName(environment, name),
      {
        scanFrequency: options.scanFrequency ?? "SCAN_ON_PUSH",
        regions: ownDestinations(environment.accountId, options).toSorted(),
      },
    ]),
  );
}

/** How much of it ECR's API reports, whatever Terraform believes. */
export async function fulfilled(
  asked: Readonly<Record<string, Asked>>,
  account: Readonly<Record<string, string>>,
): Promise<Fulfilled> {
  const names = Object.keys(asked);
  const ecr = new ECRClient(clientConfig(account));
  const { replicationConfiguration } = await ecr.send(new DescribeRegistryCommand({}));
  const { scanningConfigurations = [] } = await ecr.send(
    new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: names }),
  );
  const regionsOf = (name: string) =>
    (replicationConfiguration?.rules ?? [])
      .filter(({ repositoryFilters = [] }) =>
        repositoryFilters.some(({ filter = "" }) => name.startsWith(filter)),
      )
      .flatMap(({ destinations = [] }) => destinations.map(({ region }) => region))
      .toSorted();
  const frequencyOf = (name: string) =>
    scanningConfigurations.find(({ repositoryName }) => repositoryName === name)?.scanFrequency;
  const replicating = names.filter((name) => asked[name]?.regions.length);
  return {
    replicated: replicating.filter((name) => String(regionsOf(name)) === String(asked[name]?.regions)).length,
    replicating: replicating.length,
    scanned: names.filter((name) => frequencyOf(name) === asked[name]?.scanFrequency).length,
    repositories: names.length,
  };
}
