/**
 * What computes settings of Amazon ECR from plain values. Nothing here creates a construct, calls AWS or loads CDKTF.
 */
export {
  type Access,
  allowLogin,
  allowPull,
  identityPolicy,
  identityStatements,
  type RepositoryAccess,
} from "../modules/ecr/access/identity-policy";
export {
  type LambdaGrant,
  type Organization,
  RepositoryGrants,
} from "../modules/ecr/access/repository-grants";
export type {
  LifecycleAction,
  LifecyclePolicy,
  LifecycleRule,
  LifecycleSelection,
} from "../modules/ecr/lifecycle/aws-policy";
export { keepNewest, parseLifecyclePolicy, policyText } from "../modules/ecr/lifecycle/lifecycle-policy";
export {
  type ComposedPolicy,
  composePolicy,
  type LifecyclePolicyOptions,
  type LifecycleRuleInput,
} from "../modules/ecr/lifecycle/lifecycle-presets";
export type {
  Compiled,
  Conflict,
  Destination,
  RegistryRequest,
} from "../modules/ecr/registry/registry-requests";
export { type RegistrySettings, registrySettings } from "../modules/ecr/registry/registry-settings";
export { replicationFrom } from "../modules/ecr/registry/replication-permission";
export { compileReplication, type ReplicationRule } from "../modules/ecr/registry/replication-settings";
export {
  compileScanning,
  type ScanningRule,
  type ScanningSettings,
} from "../modules/ecr/registry/scanning-settings";
export type { Encryption } from "../modules/ecr/repository/encryption";
export {
  type RepositoryAddress,
  repositoryArn,
  repositoryUrl,
} from "../modules/ecr/repository/repository-address";
export type { TagMutability } from "../modules/ecr/repository/tag-mutability";
export type { ResourceStatement, Statement } from "../modules/iam/policy-document";
export type { ValueProblem } from "../modules/values/value-problem";
