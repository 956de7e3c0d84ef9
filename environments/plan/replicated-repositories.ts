import type { Destination } from "../../modules/ecr/registry/registry-requests";
import type { Environment } from "./environment";
import { registryRequests } from "./registry-requests";
import { repositoryName } from "./repository-names";

/** A repository of an environment, and where its images are replicated to. */
export interface ReplicatedRepository {
  /** Short name, e.g. `web-app`. */
  readonly shortName: string;
  /** Name in ECR, which is the same in every registry, e.g. `myproject-prod-web-app`. */
  readonly name: string;
  /** At least one. */
  readonly destinations: readonly Destination[];
}

/** The repositories of an environment that are replicated, in the order of its file. Unmanaged ones are not among them. */
export function replicatedRepositories(environment: Environment): ReplicatedRepository[] {
  const requests = new Map(registryRequests(environment).map((request) => [request.name, request]));
  return Object.keys(environment.ecr.repositories).flatMap((shortName) => {
    const name = repositoryName(environment, shortName);
    const destinations = requests.get(name)?.destinations ?? [];
    return destinations.length === 0 ? [] : [{ shortName, name, destinations }];
  });
}
