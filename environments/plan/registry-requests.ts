import type { RegistryRequest } from "../../modules/ecr/registry/registry-requests";
import { rememberedOf } from "../../modules/values/remembered-of";
import type { RegistryOptions } from "../options/registry";
import type { Environment } from "./environment";
import { type IncludedRequests, includedRequests } from "./included-requests";
import type { RegistryPlan } from "./registry-plan";
import { replicasOf } from "./replicas";
import { nameStartOf, repositoryName, requestedStartOf } from "./repository-names";

/** What one repository requests from its registry, and the option that requests it. */
export interface DeclaredRequest extends RegistryRequest {
  /** The file that has it, or that includes the other project's request. */
  readonly file: string;
  /** Path in its file, e.g. `["ecr", "repositories", "web-app"]`. */
  readonly path: readonly PropertyKey[];
  readonly options: RegistryOptions;
  /** Whether somebody else creates the repository. */
  readonly isUnmanaged: boolean;
}

/**
 * The registry requests of every repository of an environment, which can be thousands. Unmanaged repositories are last.
 * Rules, the registry layer and the roles ask for them.
 */
export const registryRequests = rememberedOf((environment: Environment): readonly DeclaredRequest[] => {
  const { repositories, unmanagedRepositories } = environment.ecr;
  return [
    ...Object.entries(repositories).map(([shortName, options]) => {
      const name = repositoryName(environment, shortName);
      const names = { name, namePrefix: nameStartOf(environment, name), isUnmanaged: false };
      return request(environment, ["ecr", "repositories", shortName], options, names);
    }),
    ...Object.entries(unmanagedRepositories).map(([name, options]) =>
      request(environment, ["ecr", "unmanagedRepositories", name], options, unmanaged(name)),
    ),
  ];
});

type Names = Pick<DeclaredRequest, "name" | "namePrefix" | "isUnmanaged">;

const unmanaged = (name: string): Names => ({ name, namePrefix: undefined, isUnmanaged: true });

/** The same of the other projects' environments whose requests the registry's owner includes. */
export function requestsOfOthers(included: readonly IncludedRequests[]): DeclaredRequest[] {
  return included.flatMap(({ environment, index, requests }) => {
    const { project, environment: name, repositories, unmanagedRepositories } = requests;
    const of = (section: string, options: RegistryOptions, names: Names) => ({
      ...request(environment, ["ecr", "registryRequests", index, section, names.name], options, names),
      source: `${project} ${name}, in ${environment.file}`,
    });
    return [
      ...Object.entries(repositories).map(([repository, options]) =>
        of("repositories", options, {
          name: repository,
          namePrefix: requestedStartOf(requests, repository),
          isUnmanaged: false,
        }),
      ),
      ...Object.entries(unmanagedRepositories).map(([repository, options]) =>
        of("unmanagedRepositories", options, unmanaged(repository)),
      ),
    ];
  });
}

/**
 * What the replicas of an environment request from the registry of their Region: the scanning of their source. ECR does
 * not replicate an image again that it has replicated.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function replicaRequests(environment: Environment, region: string): DeclaredRequest[] {
  const names = new Set(
    replicasOf(environment).flatMap((replica) => (replica.region === region ? [replica.name] : [])),
  );
  return registryRequests(environment)
    .filter(({ name, isUnmanaged }) => !isUnmanaged && names.has(name))
    .map((one) => ({ ...one, destinations: [] }));
}

/** The requests of all repositories in a registry. An unmanaged repository in several files counts several times. */
export function requestsIn(plan: RegistryPlan): DeclaredRequest[] {
  const { environments, replicating, region } = plan;
  return [
    ...environments.flatMap(registryRequests),
    ...requestsOfOthers(includedRequests(plan)),
    ...replicating.flatMap((environment) => replicaRequests(environment, region)),
  ];
}

function request(
  environment: Environment,
  path: readonly PropertyKey[],
  options: RegistryOptions,
  { name, namePrefix, isUnmanaged }: Names,
): DeclaredRequest {
  return {
    name,
    namePrefix,
    isUnmanaged,
    path,
    options,
    file: environment.file,
    source: environment.file,
    scanType: options.enableEnhancedScanning ? "ENHANCED" : "BASIC",
    scanFrequency: scanFrequencyOf(options),
    destinations: options.replicationDestinations.map(({ region, registryId = environment.accountId }) => ({
      region,
      registryId,
    })),
  };
}

/** When images of a repository are scanned; `MANUAL` means never automatically. */
export function scanFrequencyOf({
  scanOnPush,
  scanFrequency,
}: RegistryOptions): RegistryRequest["scanFrequency"] {
  return scanFrequency ?? (scanOnPush ? "SCAN_ON_PUSH" : "MANUAL");
}

/** The scan type of an environment. All its scanned repositories have the same type, because the registry has one. */
export function scanTypeOf(environment: Environment): RegistryRequest["scanType"] {
  return registryRequests(environment).some(({ scanType }) => scanType === "ENHANCED") ? "ENHANCED" : "BASIC";
}
