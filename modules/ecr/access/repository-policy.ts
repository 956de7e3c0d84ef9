import { policyDocument, type Statement } from "../../iam/policy-document";
import { pullActions, pushActions } from "./image-actions";

/** Sids of the statements below. Custom statements may not use them. */
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
 * Allows the Lambda service to pull for functions in the repository's own account, as AWS documents it. If the
 * statement is missing, Lambda adds it to the policy itself, and the next `terraform apply` removes it again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export function pullFromLambda(): Statement {
  return {
    Sid: ownSids.lambda,
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: pullActions,
  };
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
  const functions = accountIds.toSorted().map((id) => `arn:${partition}:lambda:${region}:${id}:function:*`);
  return {
    Sid: ownSids.lambdaOfAccounts,
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: pullActions,
    Condition: { ArnLike: { "aws:sourceArn": functions } },
  };
}

/** A statement with the camelCase keys of Terraform's `aws_iam_policy_document`. */
export interface StatementInput {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly principals: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly conditions: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

/** The IAM form of a statement in an environment file. Principals of one type are merged. */
export function statementOf({ sid, effect, actions, principals, conditions }: StatementInput): Statement {
  const byType: Record<string, string[]> = {};
  for (const { type, identifiers } of principals)
    byType[type] = [...new Set([...(byType[type] ?? []), ...identifiers])].toSorted();
  // Without a prototype, "__proto__" is a name like any other.
  const condition: Record<string, Record<string, readonly string[]>> = Object.create(null);
  for (const { test, variable, values } of conditions)
    condition[test] = { ...condition[test], [variable]: values.toSorted() };
  return {
    Sid: sid,
    Effect: effect,
    Principal: "*" in byType ? "*" : byType,
    Action: actions.toSorted(),
    ...(conditions.length > 0 && { Condition: condition }),
  };
}

/**
 * A repository policy as JSON, with its statements sorted by Sid, so that their order in the file makes no difference.
 */
export function repositoryPolicy(statements: readonly Statement[]): string {
  return policyDocument(statements.toSorted((a, b) => (a.Sid < b.Sid ? -1 : 1)));
}
