import { type Pod, selects } from "../../modules/eks/fargate-selection";
import type { EksCandidate } from "../options/eks";
import { entriesIn } from "../schema/unchecked-map";

/** Whether some Fargate profile takes a pod. */
export function fargateTakes({ fargateProfiles }: EksCandidate, pod: Pod): boolean {
  return entriesIn(fargateProfiles).some(
    ([, { selectors }]) =>
      Array.isArray(selectors) &&
      selectors.some(
        (selector) =>
          typeof selector?.namespace === "string" &&
          selects({ namespace: selector.namespace, labels: textsIn(selector.labels) }, pod),
      ),
  );
}

function textsIn(labels: unknown): Record<string, string> {
  if (typeof labels !== "object" || labels === null) return {};
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}
