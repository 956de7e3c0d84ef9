import { deploymentManifest } from "../../modules/eks/deployment-manifest";
import type { Environment } from "./environment";
import { imageAddress } from "./image-address";

/** A Deployment of an environment, and its manifest unless its image awaits the first push. */
export interface NamedManifest {
  readonly name: string;
  readonly manifest: ReturnType<typeof deploymentManifest> | undefined;
}

/** The manifests of an environment's Deployments, in the order of the file. */
export function manifestsOf(environment: Environment): NamedManifest[] {
  return Object.entries(environment.eks?.deployments ?? {}).map(([name, options]) => {
    const { image: chosen, ...rest } = options;
    const image = imageAddress(environment, chosen);
    return { name, manifest: image === undefined ? undefined : deploymentManifest({ name, image, ...rest }) };
  });
}
