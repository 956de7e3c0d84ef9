/** Until when EKS supports a Kubernetes version: dates as YYYY-MM-DD. */
export interface KubernetesSupport {
  /** Last day of standard support. */
  readonly standard: string;
  /** Last day of extended support, which costs more for each hour of the cluster. */
  readonly extended: string;
}

/**
 * The Kubernetes versions of EKS whose dates AWS has published, as of November 2026. A newer version is not among them
 * and is not judged; an older one is no longer supported.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const kubernetesVersions: Readonly<Record<string, KubernetesSupport>> = {
  "1.31": { standard: "2025-11-26", extended: "2026-11-26" },
  "1.32": { standard: "2026-03-23", extended: "2027-03-23" },
  "1.33": { standard: "2026-07-29", extended: "2027-07-29" },
  "1.34": { standard: "2026-12-02", extended: "2027-12-02" },
  "1.35": { standard: "2027-03-27", extended: "2028-03-27" },
};

/** How EKS supports a version on a day; `unknown` for a version that is newer than the list. */
export function supportOn(day: Date, version: string): "standard" | "extended" | "ended" | "unknown" {
  const minor = (text: string) => Number(text.split(".")[1]);
  const support = kubernetesVersions[version];
  if (support === undefined)
    return minor(version) > Math.max(...Object.keys(kubernetesVersions).map(minor)) ? "unknown" : "ended";
  const today = day.toISOString().slice(0, 10);
  if (today <= support.standard) return "standard";
  return today <= support.extended ? "extended" : "ended";
}
