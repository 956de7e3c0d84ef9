import { imageReference } from "../../modules/ecr/repository/image-reference";
import { repositoryUrl } from "../../modules/ecr/repository/repository-address";
import { deploymentManifest } from "../../modules/eks/deployment-manifest";
import { repositoryName } from "../naming";
import type { Environment } from "./environment";

/** A Deployment of an environment, and its manifest unless its image awaits the first push. */
export interface NamedManifest {
  readonly name: string;
  readonly manifest: ReturnType<typeof deploymentManifest> | undefined;
}

/** The manifests of an environment's Deployments, in the order of the file. */
export function manifestsOf(environment: Environment): NamedManifest[] {
  return Object.entries(environment.eks?.deployments ?? {}).map(([name, options]) => {
    const { image: chosen, ...rest } = options;
    const url = repositoryUrl({ ...environment, name: repositoryName(environment, chosen.repository) });
    const image = imageReference(url, chosen);
    return { name, manifest: image === undefined ? undefined : deploymentManifest({ name, image, ...rest }) };
  });
}
