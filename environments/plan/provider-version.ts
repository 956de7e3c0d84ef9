import bindings from "@cdktf/provider-aws/package.json";

/** Name of the CDKTF context value that replaces the pinned version of the AWS provider. */
export const contextKey = "awsProviderVersion";

/**
 * The version of the AWS provider that every stack requires: the version that the bindings were generated from, unless
 * the CDKTF context overrides it (for mirrors and tests).
 *
 * @param context `context` from cdktf.json, or from the environment variable CDKTF_CONTEXT_JSON
 * @throws Error when the context value is not an exact version
 */
export function providerVersionIn(context: Readonly<Record<string, unknown>>): string {
  const version = context[contextKey] ?? bindings.cdktf.provider.version;
  if (typeof version !== "string" || !/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(
      `context ${contextKey}: found ${JSON.stringify(version)}; this must be an exact version, because features depend on it; use a version such as "6.25.0"`,
    );
  return version;
}

/**
 * First versions of the AWS provider with something that this project writes only if the configured version has it. Synth
 * refuses options that need a newer version; arguments that need none are left out below it.
 */
export const since = {
  /** `deployment_configuration` of `aws_ecs_service`. https://github.com/hashicorp/terraform-provider-aws/pull/43434 */
  deploymentStrategy: "6.4.0",
  exclusionFilters: "6.8.0",
  exclusionFiltersInTemplates: "6.10.0",
  /** Its strategies `LINEAR` and `CANARY`. https://github.com/hashicorp/terraform-provider-aws/issues/44883 */
  gradualShift: "6.21.0",
  /** `blocked_encryption_types` of a bucket. https://github.com/hashicorp/terraform-provider-aws/issues/45157 */
  blockedEncryptionTypes: "6.22.0",
  archivingRules: "6.28.0",
  /** Templates with `CREATE_ON_PUSH`. https://github.com/hashicorp/terraform-provider-aws/pull/45720 */
  createOnPush: "6.28.0",
  /** `aws_ecr_pull_time_update_exclusion`. https://github.com/hashicorp/terraform-provider-aws/issues/45765 */
  pullTimeExclusions: "6.28.0",
  /** Tags a new bucket afterward where S3 does not take tags at once. */
  bucketTagsAfterward: "6.29.0",
  /**
   * ARNs and destinations in Regions of the European Sovereign Cloud. Stacks of every kind were tried with 5.100.0 in `aws`
   * and `aws-iso`. https://github.com/hashicorp/terraform-provider-aws/pull/45895
   */
  sovereignCloud: "6.29.0",
  /** The account setting `BLOB_MOUNTING`. https://github.com/hashicorp/terraform-provider-aws/pull/46092 */
  blobMounting: "6.29.0",
} as const;

/** Whether a version has something, e.g. `has("6.25.0", "exclusionFilters")`. */
export function has(version: string, feature: keyof typeof since): boolean {
  return atLeast(version, since[feature]);
}

/** Whether a version is not older than another. */
export function atLeast(version: string, minimum: string): boolean {
  return rank(version) >= rank(minimum);
}

/** `localeCompare` would load the collation rules, which takes 10 ms at every start. */
function rank(version: string): number {
  return version.split(".").reduce((sum, part) => sum * 10_000 + Number(part), 0);
}
