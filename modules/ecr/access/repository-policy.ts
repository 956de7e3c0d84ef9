import {
  type PolicyHead,
  policyDocument,
  type ResourceStatement,
  type Statement,
} from "../../iam/policy-document";
import { pullActions, pushActions } from "./image-actions";

/** Sids of the statements below. */
export const ownSids = {
  accounts: "PullFromAccounts",
  organizations: "PullFromOrganizations",
  organizationPaths: "PullFromOrganizationPaths",
  pullRoles: "PullFromRoles",
  pushRoles: "PushFromRoles",
  lambda: "LambdaECRImageRetrievalPolicy",
  lambdaOfAccounts: "LambdaECRImageCrossAccountRetrievalPolicy",
} as const;

/** ECR's limit on the length of a repository policy, in characters. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html */
export const maxPolicyLength = 10_240;

/**
 * Allows other accounts to pull. Principals in those accounts also need permissions there, including
 * `ecr:GetAuthorizationToken`: both sides must allow a cross-account pull.
 */
export function pullFromAccounts(partition: string, accountIds: readonly string[]): Statement {
  return {
    Sid: ownSids.accounts,
    Effect: "Allow",
    Principal: { AWS: accountIds.toSorted().map((id) => `arn:${partition}:iam::${id}:root`) },
    Action: pullActions,
  };
}

/**
 * Allows every IAM principal in the organizations to pull if its own account allows it too. AWS services belong to no
 * organization, so Lambda is not among them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid
 */
export function pullFromOrganizations(organizationIds: readonly string[]): Statement {
  return {
    Sid: ownSids.organizations,
    Effect: "Allow",
    Principal: "*",
    Action: pullActions,
    Condition: { StringEquals: { "aws:PrincipalOrgID": organizationIds.toSorted() } },
  };
}

/**
 * The same for parts of organizations. The condition key has several values, and `ForAnyValue` requires one of them to
 * match. Nothing matches if the key is absent, as it is for AWS services.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
 */
export function pullFromOrganizationPaths(paths: readonly string[]): Statement {
  return {
    Sid: ownSids.organizationPaths,
    Effect: "Allow",
    Principal: "*",
    Action: pullActions,
    Condition: { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": paths.toSorted() } },
  };
}

/**
 * Allows roles in other accounts to pull. The principal is their account, and a condition names the roles: IAM looks up
 * a role that is a principal, and rejects a policy that names one that was just created or has been deleted.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/39064
 */
export function pullFromRoles(roleArns: readonly string[]): Statement {
  return fromRoles(ownSids.pullRoles, pullActions, roleArns);
}

/** Allows roles in other accounts to push, in the same way as {@link pullFromRoles}. */
export function pushFromRoles(roleArns: readonly string[]): Statement {
  return fromRoles(ownSids.pushRoles, pushActions, roleArns);
}

function fromRoles(Sid: string, Action: readonly string[], roleArns: readonly string[]): Statement {
  const accounts = new Set(roleArns.map((arn) => arn.replace(/:role\/.*$/, ":root")));
  return {
    Sid,
    Effect: "Allow",
    Principal: { AWS: [...accounts].toSorted() },
    Action,
    Condition: { ArnEquals: { "aws:PrincipalArn": roleArns.toSorted() } },
  };
}

/**
 * Allows the Lambda service to pull for functions in the repository's own account and Region. If the statement is
 * missing, Lambda adds it to the policy itself, and the next `terraform apply` removes it again. AWS documents it
 * without a condition; the one that Lambda adds has this condition, and so have AWS's own templates.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 * @see https://github.com/aws/aws-parallelcluster-ui/commit/1fc1a993101e13ee88c3396573efbd3fe0a85a8c
 */
export function pullFromLambda(partition: string, region: string, accountId: string): Statement {
  return pullForFunctions(ownSids.lambda, partition, region, [accountId]);
}

/**
 * Allows functions in other accounts to keep pulling after they were created. Without it, such a function works at
 * first and fails when Lambda fetches its image again. To be used with {@link pullFromAccounts}.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export function pullFromLambdaOfAccounts(
  partition: string,
  region: string,
  accountIds: readonly string[],
): Statement {
  return pullForFunctions(ownSids.lambdaOfAccounts, partition, region, accountIds);
}

function pullForFunctions(
  Sid: string,
  partition: string,
  region: string,
  accountIds: readonly string[],
): Statement {
  const functions = accountIds.toSorted().map((id) => `arn:${partition}:lambda:${region}:${id}:function:*`);
  return {
    Sid,
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: pullActions,
    Condition: { ArnLike: { "aws:sourceArn": functions } },
  };
}

/**
 * A repository policy as JSON, with its statements sorted by Sid and those without one first, so that their order in the
 * file makes no difference.
 */
export function repositoryPolicy(statements: readonly ResourceStatement[], head?: PolicyHead): string {
  const sorted = statements
    .map((statement) => ({ statement, key: `${statement.Sid ?? ""}\0${JSON.stringify(statement)}` }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return policyDocument(
    sorted.map(({ statement }) => statement),
    head,
  );
}
