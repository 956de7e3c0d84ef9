import { type Architecture, kubernetesArchitecture } from "./processor-architecture";

/** A Kubernetes Deployment as a project sees it. */
export interface DeploymentManifestProps {
  /** Name of the Deployment, its container and the label of its pods, e.g. `web-app`. */
  readonly name: string;
  readonly namespace: string;
  /** The image, as `<repository URI>:<tag>` or `<repository URI>@<digest>`. */
  readonly image: string;
  readonly replicas: number;
  /** TCP port that the container listens on. @default - none, and no check of readiness */
  readonly port?: number | undefined;
  readonly architecture: Architecture;
  /** Processor time that is set aside, e.g. `250m`. */
  readonly cpu: string;
  /** Memory that is set aside, and the limit, e.g. `256Mi`. */
  readonly memory: string;
}

/** Labels of a Deployment's pods. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export function podLabels(name: string): Record<string, string> {
  return { "app.kubernetes.io/name": name };
}

/**
 * The manifest of a Deployment that keeps to the Restricted standard of Kubernetes, on a file system that cannot be
 * written to but for an empty `/tmp`. Pods are spread over zones, and get no token of the Kubernetes API.
 *
 * @returns an object for `JSON.stringify`; kubectl takes JSON
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function deploymentManifest({ name, namespace, image, replicas, ...pod }: DeploymentManifestProps) {
  const labels = podLabels(name);
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          nodeSelector: { "kubernetes.io/arch": kubernetesArchitecture(pod.architecture) },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: "topology.kubernetes.io/zone",
              whenUnsatisfiable: "ScheduleAnyway",
              labelSelector: { matchLabels: labels },
            },
          ],
          containers: [{ name, image, ...container(pod) }],
          volumes: [{ name: "tmp", emptyDir: {} }],
        },
      },
    },
  };
}

/** No limit of processor time: a pod may use what others leave. */
function container({ port, cpu, memory }: Pick<DeploymentManifestProps, "port" | "cpu" | "memory">) {
  return {
    ...(port !== undefined && {
      ports: [{ containerPort: port, protocol: "TCP" }],
      readinessProbe: { tcpSocket: { port } },
    }),
    resources: { requests: { cpu, memory }, limits: { memory } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
}
