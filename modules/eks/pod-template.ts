import { type Architecture, kubernetesArchitecture } from "./processor-architecture";

/** What a pod with one container is made from. */
export interface PodProps {
  /** Name of the workload, its container and the label of its pods, e.g. `web-app`. */
  readonly name: string;
  /** The image, as `<repository URI>:<tag>` or `<repository URI>@<digest>`. */
  readonly image: string;
  readonly architecture: Architecture;
  /** CPU request, e.g. `250m`. */
  readonly cpu: string;
  /** Memory request and limit, e.g. `256Mi`. */
  readonly memory: string;
  /** Name of its service account. @default - that of the namespace */
  readonly serviceAccountName?: string | undefined;
}

/** Labels of the pods of a workload. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export function podLabels(name: string): Record<string, string> {
  return { "app.kubernetes.io/name": name };
}

/**
 * A pod that meets the Restricted Pod Security Standard, with a root file system that is read-only except for an empty `/tmp`.
 * It gets no token for the Kubernetes API.
 *
 * @param pod further fields of its specification
 * @param container further fields of its container
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podTemplate<Pod extends object, Container extends object>(
  { name, image, architecture, cpu, memory, serviceAccountName }: PodProps,
  pod: Pod,
  container: Container,
) {
  return {
    metadata: { labels: podLabels(name) },
    spec: {
      ...(serviceAccountName !== undefined && { serviceAccountName }),
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      nodeSelector: { "kubernetes.io/arch": kubernetesArchitecture(architecture) },
      ...pod,
      containers: [
        {
          ...{ name, image },
          ...container,
          // No CPU limit: a pod may use idle CPU time.
          resources: { requests: { cpu, memory }, limits: { memory } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
          },
          volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
        },
      ],
      volumes: [{ name: "tmp", emptyDir: {} }],
    },
  };
}
