/** Which pods a Fargate profile takes. */
export interface FargateSelector {
  /** `*` stands for any text, `?` for one character, also in the names and values of labels. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a selector looks at. */
export interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Whether a selector takes a pod: the namespace fits, and the pod has all of its labels.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export function selects(selector: FargateSelector, pod: Pod): boolean {
  return (
    fits(selector.namespace, pod.namespace) &&
    Object.entries(selector.labels).every(([name, value]) =>
      Object.entries(pod.labels).some((label) => fits(name, label[0]) && fits(value, label[1])),
    )
  );
}

function fits(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

/** A pod of CoreDNS, by which the others find each other. */
export const coreDnsPod: Pod = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } };
