import { kubernetesVersions, supportOn } from "../../modules/eks/kubernetes-versions";
import type { Environment } from "../plan/environment";
import type { Warning } from "./warning";

/**
 * A cluster whose Kubernetes version is past its standard support costs more, and one past its extended support is
 * upgraded by EKS, which Terraform would then want to undo.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export function eksWarnings({ eks }: Environment, today: Date): Warning[] {
  if (eks === undefined) return [];
  const { kubernetesVersion, support } = eks;
  const state = supportOn(today, kubernetesVersion);
  if (state === "standard" || state === "unknown") return [];
  const dates = kubernetesVersions[kubernetesVersion];
  const text =
    state === "ended"
      ? `EKS no longer supports Kubernetes ${kubernetesVersion}: it does not create clusters with it and upgrades existing ones automatically, after which Terraform plans a downgrade that EKS refuses. Use a newer version.`
      : `Standard support of Kubernetes ${kubernetesVersion} ended on ${dates?.standard}. ${
          support === "EXTENDED"
            ? `In extended support, which ends on ${dates?.extended}, the cluster costs more per hour.`
            : "With support STANDARD, EKS upgrades the cluster automatically, after which Terraform plans a downgrade that EKS refuses."
        } Upgrade by one minor version at a time.`;
  return [{ warning: "kubernetes-version-support", path: ["eks", "kubernetesVersion"], text }];
}
