import { type DeploymentManifestProps, deploymentManifest } from "../modules/eks/deployment-manifest";
import type { Environment } from "./environment";
import { repositoryUri } from "./naming";

/** A Deployment of an environment, and its manifest unless its image awaits the first push. */
export interface NamedManifest {
  readonly name: string;
  readonly manifest: ReturnType<typeof deploymentManifest> | undefined;
}

/** The manifests of an environment's Deployments, in the order of the file. */
export function manifestsOf(environment: Environment): NamedManifest[] {
  return Object.entries(environment.eks?.deployments ?? {}).map(([name, options]) => {
    const { image, ...rest } = options;
    const reference = imageReference(repositoryUri(environment, image.repository), image);
    const manifest = (named: string) => {
      const props: DeploymentManifestProps = { name, image: named, ...rest };
      return deploymentManifest(props);
    };
    return { name, manifest: reference === undefined ? undefined : manifest(reference) };
  });
}

function imageReference(
  uri: string,
  { tag, digest }: { readonly tag?: string | undefined; readonly digest?: string | undefined },
): string | undefined {
  if (digest !== undefined) return `${uri}@${digest}`;
  return tag === undefined ? undefined : `${uri}:${tag}`;
}
