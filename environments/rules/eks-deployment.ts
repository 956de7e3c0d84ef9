import { podLabels } from "../../modules/eks/deployment-manifest";
import { type Pod, selects } from "../../modules/eks/fargate-selection";
import type { UncheckedEks } from "../options/eks";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked";

/** Rules for the Deployments of a cluster. */
export function eksDeploymentRules(eks: UncheckedEks, { problem }: RuleContext): void {
  const ofNodes = entriesIn(eks.nodeGroups).map(([, { architecture }]) => architecture);
  const computes = ofNodes.length + entriesIn(eks.fargateProfiles).length > 0;
  for (const [name, { namespace, architecture }] of entriesIn(eks.deployments)) {
    const at = ["eks", "deployments", name];
    if (!/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
      problem(
        at,
        name,
        "the name of a Deployment has 1 to 63 lower-case letters, digits and hyphens, starts with a letter and does not end with a hyphen; write for example web-app",
      );
    // That nothing can run anywhere is reported once, for the cluster.
    if (typeof namespace !== "string" || architecture === undefined || !computes) continue;
    const onFargate = fargateTakes(eks, { namespace, labels: podLabels(name) });
    // https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
    if (onFargate && architecture === "arm64")
      problem(
        [...at, "architecture"],
        architecture,
        "a Fargate profile takes these pods, and Fargate of EKS has x86_64 only; build for that, or choose another namespace",
      );
    else if (!onFargate && !ofNodes.includes(architecture))
      problem(
        [...at, "architecture"],
        architecture,
        `no node group has this processor and no Fargate profile takes namespace ${namespace}; add one, or build the image for what there is`,
      );
  }
}

/** Whether a Fargate profile selects a pod. */
export function fargateTakes({ fargateProfiles }: UncheckedEks, pod: Pod): boolean {
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
