import { type Pod, selects } from "../../modules/eks/fargate-selection";
import { podLabels } from "../../modules/eks/pod-template";
import type { Architecture } from "../../modules/eks/processor-architecture";
import type { UncheckedEks } from "../options/eks";
import { eksWorkloads } from "../plan/eks";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked";

/** Rules for the Deployments, Jobs and CronJobs of a cluster. */
export function eksDeploymentRules(eks: UncheckedEks, { problem }: RuleContext): void {
  const nodeArchitectures: unknown[] = [
    ...entriesIn(eks.nodeGroups).map(([, { architecture }]) => architecture),
    ...autoModeArchitectures(eks),
  ];
  const hasCompute = nodeArchitectures.length + entriesIn(eks.fargateProfiles).length > 0;
  const workloads = collections.flatMap((collection) =>
    entriesIn<Workload>(eks[collection]).map(([name, options]) => ({ collection, name, options })),
  );
  const known = new Map<string, { readonly collection: string; readonly namespace: unknown }>();
  for (const { collection, name, options } of workloads) {
    const { namespace, architecture } = options;
    const at = ["eks", collection, name];
    const mostLetters = collection === "deployments" ? 63 : 52;
    if (name.length > mostLetters || !/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(name))
      problem(
        at,
        name,
        `a ${eksWorkloads[collection]} name has 1 to ${mostLetters} lowercase letters, digits and hyphens, starts with a letter and does not end with a hyphen; use a name such as ${examples[collection]}`,
      );
    const sameName = known.get(name);
    if (sameName === undefined) known.set(name, { collection, namespace });
    else
      problem(
        at,
        name,
        typeof namespace !== "string" || sameName.namespace === namespace
          ? `eks.${sameName.collection} has this name too, and a Service would send requests to the pods of both, which have the same label; rename one of them`
          : `eks.${sameName.collection} has this name too, and a name identifies one workload of the environment, with its role, in all namespaces; put the namespace in the name, e.g. ${namespace}-${name}`,
      );
    // A cluster without nodes and Fargate profiles is reported once, for the cluster.
    if (typeof namespace !== "string" || architecture === undefined || !hasCompute) continue;
    const onFargate = runsOnFargate(eks, { namespace, labels: podLabels(name) });
    // https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
    if (onFargate && architecture === "arm64")
      problem(
        [...at, "architecture"],
        architecture,
        "a Fargate profile selects these pods, and EKS on Fargate supports only x86_64; build the image for x86_64 or use another namespace",
      );
    else if (!onFargate && !nodeArchitectures.includes(architecture))
      problem(
        [...at, "architecture"],
        architecture,
        autoModeIsOn(eks)
          ? `no node group has this architecture, no Fargate profile selects namespace ${namespace}, and the node pool of EKS Auto Mode for workloads has x86_64 only; build the image for x86_64, or create a node pool with kubectl and list it in eks.autoMode.customNodePools`
          : `no node group has this architecture, and no Fargate profile selects namespace ${namespace}; add one, or build the image for an existing node group`,
      );
  }
}

/** What the rules read of a workload before validation. */
interface Workload {
  readonly namespace?: unknown;
  readonly architecture?: Architecture | undefined;
}

const collections = Object.keys(eksWorkloads) as (keyof typeof eksWorkloads)[];
const examples = { deployments: "web-app", jobs: "migrate", cronJobs: "nightly-report" };

/** Whether EKS Auto Mode creates nodes; without `enabled`, it does. */
export function autoModeIsOn({ autoMode }: UncheckedEks): boolean {
  return typeof autoMode === "object" && autoMode !== null && autoMode.enabled !== false;
}

/** What pods can be built for on its nodes. https://docs.aws.amazon.com/eks/latest/userguide/set-builtin-node-pools.html */
function autoModeArchitectures(eks: UncheckedEks): readonly unknown[] {
  if (!autoModeIsOn(eks)) return [];
  const custom: unknown = eks.autoMode?.customNodePools;
  return ["x86_64", ...(Array.isArray(custom) ? custom : [])];
}

/** Whether a Fargate profile selects a pod. */
export function runsOnFargate({ fargateProfiles }: UncheckedEks, pod: Pod): boolean {
  return entriesIn(fargateProfiles).some(
    ([, { selectors }]) =>
      Array.isArray(selectors) &&
      selectors.some(
        (selector) =>
          typeof selector?.namespace === "string" &&
          selects({ namespace: selector.namespace, labels: labelsOf(selector.labels) }, pod),
      ),
  );
}

function labelsOf(labels: unknown): Record<string, string> {
  if (typeof labels !== "object" || labels === null) return {};
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}
