import { deploymentManifest } from "../../modules/eks/deployment-manifest";
import { cronJobManifest, jobManifest } from "../../modules/eks/job-manifest";
import type { ImageOptions } from "../options/image";
import type { Environment } from "./environment";
import { imageAddress } from "./image-address";

/** A Kubernetes workload of an environment, and its manifest unless its image awaits the first push. */
export interface NamedManifest {
  readonly name: string;
  readonly manifest: object | undefined;
}

/** The manifests of an environment's Deployments, Jobs and CronJobs, in the order of the file. */
export function manifestsOf(environment: Environment): NamedManifest[] {
  const { deployments = {}, jobs = {}, cronJobs = {} } = environment.eks ?? {};
  const named = <Options extends { readonly image: ImageOptions }>(
    workloads: Readonly<Record<string, Options>>,
    manifestOf: (props: Omit<Options, "image"> & { name: string; image: string }) => object,
  ): NamedManifest[] =>
    Object.entries(workloads).map(([name, { image: chosen, ...rest }]) => {
      const image = imageAddress(environment, chosen);
      return { name, manifest: image === undefined ? undefined : manifestOf({ ...rest, name, image }) };
    });
  return [
    ...named(deployments, deploymentManifest),
    ...named(jobs, jobManifest),
    ...named(cronJobs, cronJobManifest),
  ];
}
