import { type Architecture, kubernetesArchitecture } from "./processor-architecture";

/** What the manifest of a Kubernetes Deployment is made from. */
export interface DeploymentManifestProps {
  /** Name of the Deployment, its container and the label of its pods, e.g. `web-app`. */
  readonly name: string;
  readonly namespace: string;
  /** The image, as `<repository URI>:<tag>` or `<repository URI>@<digest>`. */
  readonly image: string;
  readonly replicas: number;
  /** TCP port that the container listens on. @default - none, and no readiness probe */
  readonly port?: number | undefined;
  readonly architecture: Architecture;
  /** CPU request, e.g. `250m`. */
  readonly cpu: string;
  /** Memory request and limit, e.g. `256Mi`. */
  readonly memory: string;
}

/** Labels of a Deployment's pods. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export function podLabels(name: string): Record<string, string> {
  return { "app.kubernetes.io/name": name };
}

/**
 * Manifest of a Deployment that meets the Restricted Pod Security Standard, with a root file system that is read-only
 * except for an empty `/tmp`. Pods are spread across zones and get no token for the Kubernetes API.
 *
 * @returns an object for `JSON.stringify`; kubectl accepts JSON
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

/** No CPU limit: a pod may use idle CPU time. */
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
