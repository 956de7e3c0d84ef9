import type { RegistryRequest } from "../../modules/ecr/registry/registry-requests";
import { compileReplication } from "../../modules/ecr/registry/replication-settings";
import { compileScanning } from "../../modules/ecr/registry/scanning-settings";
import { namePrefix, type RegistryAddress, registryStackName, repositoryName } from "../naming";
import type { RegistryOptions } from "../options/registry";
import type { Environment } from "./environment";
import { type IncludedRequests, includedRequests } from "./included-requests";
import { cacheRequests, cacheRequestsOfOthers } from "./pull-through-caches";
import { furtherRegistries, replicasOf } from "./replicas";

/**
 * A registry and the environments that share it: at least one. Both lists are ordered by name, so that the order of the
 * files does not matter.
 */
export interface RegistryPlan<E extends Environment = Environment> extends RegistryAddress {
  /** The environments in its account and Region. */
  readonly environments: readonly E[];
  /** The environments of the account in other Regions that have replicas here. */
  readonly replicating: readonly E[];
}

/** Group environments by registry: an account has one in each Region. Replicas are in the registry of their Region. */
export function registryPlans<E extends Environment>(environments: readonly E[]): RegistryPlan<E>[] {
  const plans = new Map<
    string,
    { [K in keyof RegistryPlan]: K extends keyof RegistryAddress ? string : E[] }
  >();
  const planOf = (address: RegistryAddress) => {
    const { accountId, region } = address;
    const id = registryStackName(address);
    const plan = plans.get(id) ?? { accountId, region, environments: [], replicating: [] };
    plans.set(id, plan);
    return plan;
  };
  for (const environment of environments.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    planOf(environment).environments.push(environment);
    for (const address of furtherRegistries(environment)) planOf(address).replicating.push(environment);
  }
  return [...plans.values()];
}

/**
 * The environments that decide who owns a registry: those in its account and Region, or, if there are none, those with
 * replicas there. They agree on it: see `sharedRegistryProblems`.
 */
export function decidingOwner({ environments, replicating }: RegistryPlan): readonly Environment[] {
  return environments.length > 0 ? environments : replicating;
}

/** Whether this project owns the settings of a registry. */
export function ownsRegistry(plan: RegistryPlan): boolean {
  return decidingOwner(plan)[0]?.ecr.registryOwner !== "other-project";
}

/** All environments of a registry. The first decides where the state of the registry's stack is. */
export function usersOf<E extends Environment>({ environments, replicating }: RegistryPlan<E>): [E, ...E[]] {
  const [first, ...others] = [...environments, ...replicating];
  if (first === undefined) throw new Error("a registry has at least one environment");
  return [first, ...others];
}

/** What one repository requests from its registry, and the option that requests it. */
export interface DeclaredRequest extends RegistryRequest {
  /** The file that has it, or that includes the other project's request. */
  readonly file: string;
  /** Path in its file, e.g. `["ecr", "repositories", "web-app"]`. */
  readonly path: readonly PropertyKey[];
  readonly options: RegistryOptions;
}

/** Rules, the registry layer and the roles ask for the requests of an environment, which can be thousands. */
const requestsOf = new WeakMap<Environment, readonly DeclaredRequest[]>();

/** The registry requests of every repository of an environment. Unmanaged repositories are last. */
export function registryRequests(environment: Environment): readonly DeclaredRequest[] {
  const requests = requestsOf.get(environment) ?? allRequests(environment);
  requestsOf.set(environment, requests);
  return requests;
}

function allRequests(environment: Environment): readonly DeclaredRequest[] {
  const { repositories, unmanagedRepositories } = environment.ecr;
  return [
    ...Object.entries(repositories).map(([shortName, options]) =>
      request(environment, ["ecr", "repositories", shortName], options, {
        name: repositoryName(environment, shortName),
        namePrefix: `${namePrefix(environment)}-`,
      }),
    ),
    ...Object.entries(unmanagedRepositories).map(([name, options]) =>
      request(environment, ["ecr", "unmanagedRepositories", name], options, { name, namePrefix: undefined }),
    ),
  ];
}

/** The same of the other projects' environments whose requests the registry's owner includes. */
export function requestsOfOthers(included: readonly IncludedRequests[]): DeclaredRequest[] {
  return included.flatMap(({ environment, index, requests }) => {
    const { project, environment: name, repositories, unmanagedRepositories } = requests;
    const prefix = `${namePrefix({ project, name })}-`;
    const of = (
      section: string,
      options: RegistryOptions,
      names: Pick<RegistryRequest, "name" | "namePrefix">,
    ) => ({
      ...request(environment, ["ecr", "registryRequests", index, section, names.name], options, names),
      source: `${project} ${name}, in ${environment.file}`,
    });
    return [
      ...Object.entries(repositories).map(([repository, options]) =>
        of("repositories", options, { name: repository, namePrefix: prefix }),
      ),
      ...Object.entries(unmanagedRepositories).map(([repository, options]) =>
        of("unmanagedRepositories", options, { name: repository, namePrefix: undefined }),
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
    .filter(({ name, namePrefix: prefix }) => prefix !== undefined && names.has(name))
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

/** The requests of all repositories that share a registry. An unmanaged repository in several files counts once. */
function sharedRequests(plan: RegistryPlan): DeclaredRequest[] {
  return [...new Map(requestsIn(plan).map((one) => [one.name, one])).values()];
}

/**
 * The settings of a registry, computed from the requests of all its environments. Rules, the registry layer and
 * `registry explain` use them.
 */
export interface RegistrySum {
  readonly requests: readonly DeclaredRequest[];
  readonly scanning: ReturnType<typeof compileScanning>;
  readonly replication: ReturnType<typeof compileReplication>;
}

/** Compute the settings of a registry. */
export function registrySum(plan: RegistryPlan): RegistrySum {
  const requests = sharedRequests(plan);
  return {
    requests,
    scanning: compileScanning(requests),
    replication: compileReplication([
      ...requests,
      ...plan.environments.flatMap(cacheRequests),
      ...cacheRequestsOfOthers(includedRequests(plan)),
    ]),
  };
}

function request(
  environment: Environment,
  path: readonly PropertyKey[],
  options: RegistryOptions,
  { name, namePrefix }: Pick<RegistryRequest, "name" | "namePrefix">,
): DeclaredRequest {
  return {
    name,
    namePrefix,
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

/** The registries of other accounts that an environment replicates to, each once, in the order of the file. */
export function foreignRegistries(environment: Environment): RegistryAddress[] {
  const all = registryRequests(environment)
    .flatMap(({ destinations }) => destinations)
    .filter(({ registryId }) => registryId !== environment.accountId)
    .map(({ registryId, region }) => ({ accountId: registryId, region }));
  return [...new Map(all.map((address) => [registryStackName(address), address])).values()];
}

/** An account that replicates into a registry. */
export interface ReplicationSource {
  readonly accountId: string;
  /** Sorted names of the replicated repositories: `myproject-prod-*` for those of an environment, or a full name. */
  readonly namePatterns: readonly string[];
}

/** The other accounts whose environments replicate into a registry, also in other projects, ordered by account. */
export function replicationSources(
  { accountId, region }: RegistryAddress,
  environments: readonly Environment[],
): ReplicationSource[] {
  const sources = new Map<string, Set<string>>();
  for (const { ecr } of environments)
    for (const other of ecr.registryRequests)
      if (other.accountId === accountId && other.region === region)
        for (const [source, { namePatterns }] of Object.entries(other.replicationSources))
          sources.set(source, new Set([...(sources.get(source) ?? []), ...namePatterns]));
  for (const environment of environments)
    for (const { name, namePrefix: prefix, destinations } of registryRequests(environment))
      if (
        environment.accountId !== accountId &&
        destinations.some((to) => to.registryId === accountId && to.region === region)
      )
        sources.set(
          environment.accountId,
          (sources.get(environment.accountId) ?? new Set()).add(prefix === undefined ? name : `${prefix}*`),
        );
  return [...sources]
    .map(([source, patterns]) => ({ accountId: source, namePatterns: [...patterns].toSorted() }))
    .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
}
