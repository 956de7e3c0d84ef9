/** A specification of a pod, as far as the standard looks at it. */
export interface PodSpec {
  readonly [field: string]: unknown;
  readonly securityContext?: Context;
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly ephemeralContainers?: readonly Container[];
}

interface Container {
  readonly [field: string]: unknown;
  readonly securityContext?: Context;
  readonly ports?: readonly Readonly<Record<string, unknown>>[];
}

type Context = Readonly<Record<string, unknown>> & {
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type?: string };
  readonly appArmorProfile?: { readonly type?: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
  readonly sysctls?: readonly { readonly name: string }[];
};

/** Volumes that the Restricted standard allows; `name` is no type. */
const volumeTypes = [
  ...["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral"],
  ...["persistentVolumeClaim", "projected", "secret"],
];

const safeSysctls = [
  ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start"],
  ...["net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"],
  ...["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl"],
  "net.ipv4.tcp_keepalive_probes",
];

/**
 * The controls of the Restricted Pod Security Standard that a pod violates, Baseline's included, written from the page and not
 * from the code under test.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function restrictedViolations(spec: PodSpec): string[] {
  const containers = [spec.containers, spec.initContainers, spec.ephemeralContainers].flatMap(
    (list) => list ?? [],
  );
  const pod = spec.securityContext ?? {};
  const all = [pod, ...containers.map(({ securityContext = {} }) => securityContext)];
  const each = containers.map(({ securityContext = {} }) => securityContext);
  const probes = ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe) =>
    containers.flatMap((container) => handlersOf(container[probe])),
  );
  const hooks = containers.flatMap(({ lifecycle = {} }) =>
    Object.values(lifecycle as object).flatMap(handlersOf),
  );
  const controls: Readonly<Record<string, boolean>> = {
    hostProcess: all.some(({ windowsOptions }) => windowsOptions?.hostProcess === true),
    hostNamespaces: ["hostNetwork", "hostPID", "hostIPC"].some((field) => Boolean(spec[field])),
    privileged: each.some(({ privileged }) => privileged === true),
    volumeTypes: (spec.volumes ?? []).some((volume) =>
      Object.keys(volume).some((type) => type !== "name" && !volumeTypes.includes(type)),
    ),
    hostPorts: containers.some(({ ports = [] }) => ports.some(({ hostPort = 0 }) => hostPort !== 0)),
    hostProbes: [...probes, ...hooks].some(({ host = "" }) => host !== ""),
    appArmor: all.some(
      ({ appArmorProfile }) =>
        appArmorProfile !== undefined &&
        !["RuntimeDefault", "Localhost"].includes(appArmorProfile.type ?? ""),
    ),
    seLinux: all.some(
      ({ seLinuxOptions: { type = "", user = "", role = "" } = {} }) =>
        !["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"].includes(type) ||
        user !== "" ||
        role !== "",
    ),
    procMount: each.some(({ procMount = "Default" }) => procMount !== "Default"),
    sysctls: (pod.sysctls ?? []).some(({ name }) => !safeSysctls.includes(name)),
    privilegeEscalation: each.some(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false),
    nonRoot:
      pod["runAsNonRoot"] === false ||
      each.some((context) => (context["runAsNonRoot"] ?? pod["runAsNonRoot"]) !== true),
    nonRootUser: all.some(({ runAsUser }) => runAsUser === 0),
    seccomp: each.some(
      ({ seccompProfile = pod.seccompProfile }) =>
        !["RuntimeDefault", "Localhost"].includes(seccompProfile?.type ?? ""),
    ),
    capabilities: each.some(
      ({ capabilities: { drop = [], add = [] } = {} }) =>
        !drop.includes("ALL") || add.some((one) => one !== "NET_BIND_SERVICE"),
    ),
  };
  return Object.keys(controls).filter((control) => controls[control]);
}

const handlersOf = (value: unknown): readonly { readonly host?: string }[] =>
  Object.values((value ?? {}) as Readonly<Record<string, { host?: string }>>).filter(
    (handler) => typeof handler === "object",
  );
