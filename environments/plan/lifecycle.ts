import { noLifecyclePolicy, policyText } from "../../modules/ecr/lifecycle/lifecycle-policy";
import {
  type ComposedPolicy,
  composePolicy,
  type LifecyclePolicyOptions,
} from "../../modules/ecr/lifecycle/lifecycle-presets";
import type { LifecyclePolicy } from "../../modules/ecr/lifecycle/lifecycle-rule";
import { actsByPull, replicaLifecycle } from "../../modules/ecr/lifecycle/replica-lifecycle";
import type { RepositoryOptions } from "../options/repository";

/** The options that define a lifecycle policy. */
type LifecycleOptions = Pick<RepositoryOptions, "lifecyclePolicy" | keyof LifecyclePolicyOptions>;

/** The JSON text of a repository's lifecycle policy; `undefined` if it has none. */
export function policyTextOf(options: LifecycleOptions): string | undefined {
  if (options.lifecyclePolicy === noLifecyclePolicy) return undefined;
  return options.lifecyclePolicy ?? policyText(composePolicy(options).policy);
}

/** The JSON text of the lifecycle policy of a repository's replicas, in which no rule acts by last pull. */
export function replicaPolicyTextOf(options: LifecycleOptions): string | undefined {
  const { policy } = composedPolicyOf(options);
  return policy.rules.some(actsByPull) ? policyText(replicaLifecycle(policy)) : policyTextOf(options);
}

/** The lifecycle policy as an object, with the option that defines each rule. One that does not exist has no rules. */
export function composedPolicyOf(options: LifecycleOptions): ComposedPolicy {
  if (options.lifecyclePolicy === null) return composePolicy(options);
  if (options.lifecyclePolicy === noLifecyclePolicy) return { policy: { rules: [] }, origins: [] };
  const policy: LifecyclePolicy = JSON.parse(options.lifecyclePolicy);
  return { policy, origins: policy.rules.map((_, index) => ["lifecyclePolicy", "rules", index]) };
}
