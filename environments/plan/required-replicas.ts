import type { EnvironmentId } from "../naming";
import { includedRequests } from "./included-requests";
import type { RegistryPlan } from "./registry-plan";
import { ownDestinations, replicasOf } from "./replicas";

/** The replicas of one environment in one Region, which have to exist before a registry replicates to them. */
export interface RequiredReplicas extends EnvironmentId {
  readonly region: string;
  /** Whether another project has the environment, and creates its replicas. */
  readonly ofOtherProject: boolean;
  /** Full names, sorted; at least one. */
  readonly names: readonly string[];
}

/**
 * The replicas that have to exist before a registry replicates, also those of other projects' environments, ordered by
 * Region. Unmanaged repositories are not among them: nobody has said what their replicas are like. Neither are replicas in
 * other accounts, whose repositories this account cannot list.
 */
export function requiredReplicas(plan: RegistryPlan): RequiredReplicas[] {
  const own = plan.environments.flatMap((environment) =>
    byRegion({ ...idOf(environment), ofOtherProject: false }, replicasOf(environment)),
  );
  const others = includedRequests(plan).flatMap(({ requests }) => {
    const { project, environment: name, accountId, repositories } = requests;
    const replicas = Object.entries(repositories).flatMap(([repository, options]) =>
      ownDestinations(accountId, options).map((region) => ({ name: repository, region })),
    );
    return byRegion({ project, name, ofOtherProject: true }, replicas);
  });
  return [...own, ...others].toSorted((a, b) => (a.region === b.region ? 0 : a.region < b.region ? -1 : 1));
}

const idOf = ({ project, name }: EnvironmentId): EnvironmentId => ({ project, name });

function byRegion(
  owner: EnvironmentId & Pick<RequiredReplicas, "ofOtherProject">,
  replicas: readonly { readonly name: string; readonly region: string }[],
): RequiredReplicas[] {
  const names = new Map<string, string[]>();
  for (const { name, region } of replicas) {
    const inRegion = names.get(region) ?? [];
    inRegion.push(name);
    names.set(region, inRegion);
  }
  return [...names].map(([region, inRegion]) => ({ ...owner, region, names: inRegion.toSorted() }));
}
