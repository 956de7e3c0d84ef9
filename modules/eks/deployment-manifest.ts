import { type PodProps, podLabels, podTemplate } from "./pod-template";

/** What the manifest of a Kubernetes Deployment is made from. */
export interface DeploymentManifestProps extends PodProps {
  readonly namespace: string;
  readonly replicas: number;
  /** TCP port that the container listens on. @default - none, and no readiness probe */
  readonly port?: number | undefined;
}

/**
 * Manifest of a Deployment whose pods meet the Restricted Pod Security Standard and are spread across zones.
 *
 * @returns an object for `JSON.stringify`; kubectl accepts JSON
 */
export function deploymentManifest({ namespace, replicas, port, ...pod }: DeploymentManifestProps) {
  const { name } = pod;
  const labels = podLabels(name);
  const spread = [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: labels },
    },
  ];
  const ports =
    port === undefined
      ? {}
      : { ports: [{ containerPort: port, protocol: "TCP" }], readinessProbe: { tcpSocket: { port } } };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: podTemplate(pod, { topologySpreadConstraints: spread }, ports),
    },
  };
}
