import { expect, test } from "vitest";
import { deploymentManifest } from "../../../../modules/eks/deployment-manifest";

const props = {
  name: "web-app",
  namespace: "shop",
  image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-prod-web-app:v1.2.3",
  replicas: 3,
  port: 8080,
  architecture: "arm64",
  cpu: "500m",
  memory: "1Gi",
} as const;

test("a manifest meets the Restricted standard and is writable only in /tmp", () => {
  expect(deploymentManifest(props)).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "web-app",
      namespace: "shop",
      labels: { "app.kubernetes.io/name": "web-app" },
    },
    spec: {
      replicas: 3,
      selector: { matchLabels: { "app.kubernetes.io/name": "web-app" } },
      template: {
        metadata: { labels: { "app.kubernetes.io/name": "web-app" } },
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          nodeSelector: { "kubernetes.io/arch": "arm64" },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: "topology.kubernetes.io/zone",
              whenUnsatisfiable: "ScheduleAnyway",
              labelSelector: { matchLabels: { "app.kubernetes.io/name": "web-app" } },
            },
          ],
          containers: [
            {
              name: "web-app",
              image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-prod-web-app:v1.2.3",
              ports: [{ containerPort: 8080, protocol: "TCP" }],
              readinessProbe: { tcpSocket: { port: 8080 } },
              resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "1Gi" } },
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
      },
    },
  });
});

test("without a port there is no container port and no readiness probe", () => {
  const [container] = deploymentManifest({ ...props, port: undefined }).spec.template.spec.containers;

  expect(Object.keys(container ?? {})).toEqual([
    "name",
    "image",
    "resources",
    "securityContext",
    "volumeMounts",
  ]);
});
