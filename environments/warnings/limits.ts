import { partitionOf } from "../../modules/iam/aws-partition";
import type { Environment } from "../plan/environment";
import { trustPoliciesOf, trustPolicyQuota } from "../plan/trust-policies";
import type { Warning } from "./warning";

/** What AWS rejects unless something outside the file is as it must be. */
export function limitWarnings(environment: Environment): Warning[] {
  return [...longTrustPolicies(environment), ...newBuckets(environment)];
}

function longTrustPolicies(environment: Environment): Warning[] {
  return trustPoliciesOf(environment)
    .filter(({ length }) => length > trustPolicyQuota.byDefault)
    .map(({ path, length }) => ({
      warning: "trust-policy-over-default-quota",
      path,
      text: `The trust policy of the role has ${length} characters, and IAM allows ${trustPolicyQuota.byDefault} unless the account's quota "Role trust policy length" is raised. Use fewer entries, for example with *, or request ${trustPolicyQuota.atMost}.`,
    }));
}

/**
 * AWS provider 6.23.0 and later reads the tags of a bucket with calls that S3 does not have in every partition.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/46054
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/45784
 */
function newBuckets({ state, region }: Environment): Warning[] {
  const partition = partitionOf(region);
  if (state.backend !== "s3" || !state.createBucket || !/^aws-(?:eusc|iso)/.test(partition)) return [];
  return [
    {
      warning: "bucket-tags-in-partition",
      path: ["state", "createBucket"],
      text: `AWS provider 6.23.0 and later reads the tags of a bucket with a call that S3 may refuse in the partition ${partition}, so that creating the bucket fails. If it does, create the bucket yourself and set createBucket: false.`,
    },
  ];
}
