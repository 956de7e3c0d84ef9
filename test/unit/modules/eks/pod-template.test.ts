import { expect, test } from "vitest";
import { deploymentManifest } from "../../../../modules/eks/deployment-manifest";
import { cronJobManifest, jobManifest } from "../../../../modules/eks/job-manifest";
import { type PodSpec, restrictedViolations } from "../../../support/pod-security-standard";

const pod = {
  ...{ name: "web-app", namespace: "shop", image: "example/web-app:v1", architecture: "arm64" as const },
  ...{ cpu: "500m", memory: "1Gi" },
};
const job = { ...pod, retries: 3, timeoutSeconds: 600, entryPoint: ["/run"], command: ["a", "b"] };

const specs: Record<string, PodSpec> = {
  Deployment: deploymentManifest({ ...pod, replicas: 2, port: 8080 }).spec.template.spec,
  "Deployment without a port": deploymentManifest({ ...pod, replicas: 2 }).spec.template.spec,
  "Deployment with a service account": deploymentManifest({ ...pod, replicas: 2, serviceAccountName: "web" })
    .spec.template.spec,
  Job: jobManifest(job).spec.template.spec,
  CronJob: cronJobManifest({ ...job, schedule: "@daily", timeZone: "Etc/UTC", concurrency: "Forbid" }).spec
    .jobTemplate.spec.template.spec,
};

test.each(Object.entries(specs))("the pods of a %s meet the Restricted Pod Security Standard", (_, spec) => {
  expect(restrictedViolations(spec)).toEqual([]);
});

/** Changes of a pod, each of which violates one control. */
const withContext = (spec: PodSpec, context: object): PodSpec => ({
  ...spec,
  containers: spec.containers.map((container) => ({
    ...container,
    securityContext: { ...container.securityContext, ...context },
  })),
});
const violations: Record<string, (spec: PodSpec) => PodSpec> = {
  hostProcess: (spec) => withContext(spec, { windowsOptions: { hostProcess: true } }),
  hostNamespaces: (spec) => ({ ...spec, hostNetwork: true }),
  privileged: (spec) => withContext(spec, { privileged: true }),
  volumeTypes: (spec) => ({ ...spec, volumes: [{ name: "root", hostPath: { path: "/" } }] }),
  hostPorts: (spec) => ({ ...spec, initContainers: [{ ...spec.containers[0], ports: [{ hostPort: 80 }] }] }),
  hostProbes: (spec) => ({
    ...spec,
    initContainers: [{ ...spec.containers[0], livenessProbe: { httpGet: { host: "169.254.169.254" } } }],
  }),
  appArmor: (spec) => withContext(spec, { appArmorProfile: { type: "Unconfined" } }),
  seLinux: (spec) => withContext(spec, { seLinuxOptions: { user: "root" } }),
  procMount: (spec) => withContext(spec, { procMount: "Unmasked" }),
  sysctls: (spec) => ({
    ...spec,
    securityContext: { ...spec.securityContext, sysctls: [{ name: "kernel.sem" }] },
  }),
  privilegeEscalation: (spec) => withContext(spec, { allowPrivilegeEscalation: undefined }),
  nonRoot: (spec) => withContext(spec, { runAsNonRoot: false }),
  nonRootUser: (spec) => withContext(spec, { runAsUser: 0 }),
  seccomp: (spec) => withContext(spec, { seccompProfile: { type: "Unconfined" } }),
  capabilities: (spec) => withContext(spec, { capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } }),
};

test.each(Object.entries(violations))("the model of the standard notices %s", (control, violate) => {
  for (const spec of Object.values(specs)) expect(restrictedViolations(violate(spec))).toEqual([control]);
});
