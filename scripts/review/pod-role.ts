import { valueAt } from "../../modules/values/value-at";
import type { ResourceChange } from "./terraform-plan";

/** What decides which pods get which role. */
const decisive = ["cluster_name", "namespace", "service_account", "role_arn"];

/**
 * Pods that get another role, or a role that other pods get. An association that is new has a role of its own, whose trust policy
 * names these pods: the policies of the role say what they may do.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
export function podRole({ change: { before, after } }: ResourceChange): readonly string[] {
  if (!before || !after) return [];
  const [old, current] = [before, after].map((values) => decisive.map((name) => valueAt(values, [name])));
  if (JSON.stringify(old) === JSON.stringify(current)) return [];
  const text = (name: string) => String(valueAt(after, [name]) ?? "(known after apply)");
  return [
    `pods of the service account ${text("namespace")}/${text("service_account")} get the role ${text("role_arn")}`,
  ];
}
