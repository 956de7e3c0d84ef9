import type { Environment } from "../../../environments/plan/environment";
import { policyTextOf, replicaPolicyTextOf } from "../../../environments/plan/lifecycle";
import { replicasOf } from "../../../environments/plan/replicas";
import { repositoryName } from "../../../environments/plan/repository-names";

/** A repository of the environment, or a replica of one, as the file declares it. */
export interface DeclaredRepository {
  readonly shortName: string;
  /** Name in ECR. */
  readonly name: string;
  readonly region: string;
  /** What messages call it: a replica with its Region. */
  readonly title: string;
  /** JSON of its lifecycle policy; `undefined` if it has none. */
  readonly policy: string | undefined;
  readonly layer: "compute" | "replicas";
}

/** The repositories of an environment, and then their replicas in the account. */
export function declaredRepositories(environment: Environment): DeclaredRepository[] {
  const { repositories: all } = environment.ecr;
  const own = Object.entries(all).map(([shortName, options]): DeclaredRepository => {
    const name = repositoryName(environment, shortName);
    const { region } = environment;
    return { shortName, name, region, title: name, policy: policyTextOf(options), layer: "compute" };
  });
  const replicas = replicasOf(environment).flatMap(
    ({ name, region, repository: shortName }): DeclaredRepository[] => {
      const options = all[shortName];
      const title = `${name} in ${region}`;
      return options === undefined
        ? []
        : [{ shortName, name, region, title, policy: replicaPolicyTextOf(options), layer: "replicas" }];
    },
  );
  return [...own, ...replicas];
}
