import { policyText } from "../../modules/ecr/lifecycle/lifecycle-policy";
import {
  type ComposedPolicy,
  composePolicy,
  type LifecyclePolicyOptions,
} from "../../modules/ecr/lifecycle/lifecycle-presets";
import type { LifecyclePolicy } from "../../modules/ecr/lifecycle/lifecycle-rules";
import type { RepositoryOptions } from "../options/repository";

/** The options that a lifecycle policy is made of. */
type LifecycleOptions = Pick<RepositoryOptions, "lifecyclePolicy" | keyof LifecyclePolicyOptions>;

/** The text of the lifecycle policy that a repository gets. */
export function policyTextOf(options: LifecycleOptions): string {
  return options.lifecyclePolicy ?? policyText(composePolicy(options).policy);
}

/** The same as an object, with the option that each rule comes from. */
export function composedPolicyOf(options: LifecycleOptions): ComposedPolicy {
  if (options.lifecyclePolicy === null) return composePolicy(options);
  const policy: LifecyclePolicy = JSON.parse(options.lifecyclePolicy);
  return { policy, origins: policy.rules.map((_, index) => ["lifecyclePolicy", "rules", index]) };
}
