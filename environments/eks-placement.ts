import { type Pod, selects } from "../modules/eks/fargate-selection";
import type { EksCandidate } from "./eks-options";

/** Entries of a map of objects whose shape may be wrong: those that are objects at least. */
export function namedIn<V extends object>(
  named: Readonly<Record<string, V | undefined>> | undefined,
): [string, V][] {
  if (typeof named !== "object" || named === null) return [];
  return Object.entries(named).flatMap(([name, value]): [string, V][] =>
    typeof value === "object" && value !== null ? [[name, value]] : [],
  );
}

/** Whether some Fargate profile takes a pod. */
export function fargateTakes({ fargateProfiles }: EksCandidate, pod: Pod): boolean {
  return namedIn(fargateProfiles).some(
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
