import { matchesWildcards } from "../iam/wildcard";

/** Which pods a Fargate profile selects. */
export interface FargateSelector {
  /** Namespace; `*` matches any text and `?` one character, also in label names and values. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Properties of a pod that a selector is matched against. */
export interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Whether a selector matches a pod: the namespace matches, and the pod has all of its labels.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export function selects(selector: FargateSelector, pod: Pod): boolean {
  return (
    matchesWildcards(selector.namespace, pod.namespace) &&
    Object.entries(selector.labels).every(([name, value]) =>
      Object.entries(pod.labels).some(
        (label) => matchesWildcards(name, label[0]) && matchesWildcards(value, label[1]),
      ),
    )
  );
}

/** A CoreDNS pod, which resolves names in the cluster. */
export const coreDnsPod: Pod = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } };
