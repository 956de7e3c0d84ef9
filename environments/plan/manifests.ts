import { deploymentManifest } from "../../modules/eks/deployment-manifest";
import { cronJobManifest, jobManifest } from "../../modules/eks/job-manifest";
import { serviceAccountManifest } from "../../modules/eks/pod-identity";
import { podLabels } from "../../modules/eks/pod-template";
import type { ImageOptions } from "../options/image";
import { eksWorkloads } from "./eks";
import type { Environment } from "./environment";
import { imageAddress } from "./image-address";

/** A Kubernetes workload of an environment, and its manifest unless its image awaits the first push. */
export interface NamedManifest {
  readonly name: string;
  /** Kubernetes' name for what it is, e.g. `CronJob`. */
  readonly kind: (typeof eksWorkloads)[keyof typeof eksWorkloads];
  readonly namespace: string;
  /** The image of its pods, as `<repository URI>:<tag>` or `<repository URI>@<digest>`. */
  readonly image: string | undefined;
  readonly manifest: object | undefined;
  /** The service account of its pods. @default - that of the namespace */
  readonly serviceAccount?: object;
}

/** Options that every workload has. */
interface Workload {
  readonly image: ImageOptions;
  readonly namespace: string;
  readonly podIdentity?: object | undefined;
}

/** The manifests of an environment's Deployments, Jobs and CronJobs, in the order of the file. */
export function manifestsOf(environment: Environment): NamedManifest[] {
  const { deployments = {}, jobs = {}, cronJobs = {} } = environment.eks ?? {};
  const named = <Options extends Workload>(
    kind: NamedManifest["kind"],
    workloads: Readonly<Record<string, Options>>,
    manifestOf: (
      props: Omit<Options, "image"> & { name: string; image: string; serviceAccountName?: string },
    ) => object,
  ): NamedManifest[] =>
    Object.entries(workloads).map(([name, { image: chosen, ...rest }]) => {
      const { namespace, podIdentity } = rest;
      const image = imageAddress(environment, chosen);
      const account = podIdentity !== undefined && { serviceAccountName: name };
      return {
        ...{ name, kind, namespace, image },
        manifest: image === undefined ? undefined : manifestOf({ ...rest, name, image, ...account }),
        ...(account && { serviceAccount: serviceAccountManifest(name, namespace, podLabels(name)) }),
      };
    });
  return [
    ...named(eksWorkloads.deployments, deployments, deploymentManifest),
    ...named(eksWorkloads.jobs, jobs, jobManifest),
    ...named(eksWorkloads.cronJobs, cronJobs, cronJobManifest),
  ];
}
