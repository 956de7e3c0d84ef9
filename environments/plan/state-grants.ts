import { statePermission } from "../../modules/ci/state-permission";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import type { Environment, S3State } from "./environment";
import { deployOrder, stateKey } from "./stacks";

/** Most bytes of a bucket policy. https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html */
export const maxBucketPolicyBytes = 20_480;

/** An environment with its state in S3. */
type Stored = Environment & { readonly state: S3State };

const isStored = (environment: Environment): environment is Stored => environment.state.backend === "s3";

/**
 * The environments that reach a bucket with credentials of another account, so that its policy has to allow it. With a role
 * in the bucket's account, that account's IAM policies allow it.
 */
function fromOtherAccounts(bucket: string, environments: readonly Environment[]): Stored[] {
  return environments
    .filter(isStored)
    .filter(({ accountId, state }) => state.bucket === bucket && state.accountId !== accountId)
    .filter(({ state, deployRole }) => state.role?.arn === deployRole?.arn)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Statements of a bucket's policy that let environments of other accounts read, write and lock their own states, and no
 * others. Listing the bucket shows the keys of all: without it, S3 answers for a state that does not exist as for one that may
 * not be read.
 *
 * The account of an environment gives its principals the permission further on. With `deployRole`, only that role has it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax 404 needs s3:ListBucket
 */
export function stateGrants(bucket: string, environments: readonly Environment[]): Statement[] {
  return fromOtherAccounts(bucket, environments).flatMap((environment, index) => {
    const { accountId, state, deployRole } = environment;
    const partition = partitionOf(state.region);
    const keys = deployOrder(environment).map(({ stack }) => stateKey(state, stack));
    const storage = { partition, bucket, region: state.region, keys, kmsKeyArn: undefined };
    return statePermission(storage, "write").map(
      (statement): Statement => ({
        ...statement,
        Sid: `${statement.Sid}${index + 1}`,
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        ...(deployRole !== undefined && { Condition: { ArnEquals: { "aws:PrincipalArn": deployRole.arn } } }),
      }),
    );
  });
}
