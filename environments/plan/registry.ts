import type { RegistryRequest } from "../../modules/ecr/registry/registry-requests";
import { compileReplication } from "../../modules/ecr/registry/replication-settings";
import { compileScanning } from "../../modules/ecr/registry/scanning-settings";
import { namePrefix, type RegistryAddress, repositoryName } from "../naming";
import type { RegistryOptions } from "../options/registry";
import type { Environment } from "./environment";
import { cacheRequests } from "./pull-through-caches";

/** A registry and the environments that share it. */
export interface RegistryPlan extends RegistryAddress {
  /** Ordered by name, so that the order of the files makes no difference. */
  readonly environments: readonly [Environment, ...Environment[]];
}

/** Group environments by account and Region: AWS keeps one registry for each pair. */
export function registryPlans(environments: readonly Environment[]): RegistryPlan[] {
  const plans = new Map<string, RegistryPlan>();
  for (const environment of environments.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const { accountId, region } = environment;
    const id = `${accountId}/${region}`;
    const sharing = plans.get(id)?.environments;
    plans.set(id, {
      accountId,
      region,
      environments: sharing ? [...sharing, environment] : [environment],
    });
  }
  return [...plans.values()];
}

/** What one repository requests from its registry, and where the file says so. */
export interface DeclaredRequest extends RegistryRequest {
  /** Path in its file, e.g. `["ecr", "repositories", "web-app"]`. */
  readonly path: readonly string[];
  readonly options: RegistryOptions;
}

/** What every repository of an environment asks of its registry; the unmanaged ones come last. */
export function registryRequests(environment: Environment): DeclaredRequest[] {
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

/** What all repositories ask of the registry that they share. An unmanaged one that several files declare counts once. */
function sharedRequests({ environments }: RegistryPlan): DeclaredRequest[] {
  const all = environments.flatMap(registryRequests);
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/** The settings of a registry, computed from the requests of all its environments. Rules, the registry layer and `registry explain` share them. */
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
    replication: compileReplication([...requests, ...plan.environments.flatMap(cacheRequests)]),
  };
}

function request(
  environment: Environment,
  path: readonly string[],
  options: RegistryOptions,
  called: Pick<RegistryRequest, "name" | "namePrefix">,
): DeclaredRequest {
  return {
    ...called,
    path,
    options,
    source: environment.file,
    scanType: options.enableEnhancedScanning ? "ENHANCED" : "BASIC",
    scanFrequency: scanFrequencyOf(options),
    destinations: options.replicationDestinations.map(({ region, registryId = environment.accountId }) => ({
      region,
      registryId,
    })),
  };
}

/** When images of a repository are scanned; `MANUAL` means not by themselves. */
export function scanFrequencyOf({
  scanOnPush,
  scanFrequency,
}: RegistryOptions): RegistryRequest["scanFrequency"] {
  return scanFrequency ?? (scanOnPush ? "SCAN_ON_PUSH" : "MANUAL");
}

/** Who scans the images of an environment. All its scanned repositories agree, for their registry has one answer. */
export function scanTypeOf(environment: Environment): RegistryRequest["scanType"] {
  return registryRequests(environment).some(({ scanType }) => scanType === "ENHANCED") ? "ENHANCED" : "BASIC";
}

/** An account that replicates into a registry. */
export interface ReplicationSource {
  readonly accountId: string;
  /** Names of the repositories that arrive, sorted: `myproject-prod-*` for those of an environment, or one whole name. */
  readonly namePatterns: readonly string[];
}

/** The other accounts whose environments replicate into a registry, ordered by account. */
export function replicationSources(
  { accountId, region }: RegistryAddress,
  environments: readonly Environment[],
): ReplicationSource[] {
  const sources = new Map<string, Set<string>>();
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
