import { Token } from "cdktf";
import { Construct } from "constructs";
import type { ResourceStatement, Statement } from "../../iam/policy-document";
import { imageDigestSyntax, imageReference, imageTagSyntax } from "../repository/image-reference";
import { type RepositoryAddress, repositoryArn } from "../repository/repository-address";
import { type Grantee, grantTarget } from "./grantee";
import { type Access, identityStatements } from "./identity-policy";
import type { LambdaGrant, Organization, RepositoryGrants } from "./repository-grants";

/**
 * A repository that access can be granted to. Each grant has an identity side, the policy of a role, and a resource
 * side, the policy of the repository:
 *
 * - Within one account, the identity side is enough. It is written to an inline policy of the role.
 * - Across accounts, both sides must allow access. The repository policy is written; the role's policy is up to the
 *   other account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export abstract class GrantingRepository extends Construct {
  /** URL that images are pushed to, e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app`. */
  abstract readonly repositoryUrl: string;
  abstract readonly repositoryArn: string;
  abstract readonly repositoryName: string;
  /** Account ID of the registry. */
  abstract readonly registryId: string;

  /** Name and location. Unknown values may be tokens. */
  protected abstract readonly address: RepositoryAddress;
  /** Account that the stack deploys to; `undefined` if the repository may be in another account. */
  protected abstract readonly ownAccountId: string | undefined;

  /** URI of an image by its tag, e.g. `<repositoryUrl>:v1.2.3`. @throws Error when no tag can have this form */
  imageUriForTag(tag: string): string {
    this.check(tag, imageTagSyntax);
    return imageReference(this.repositoryUrl, { tag });
  }

  /**
   * URI of an image by its digest, e.g. `<repositoryUrl>@sha256:…`, which always identifies the same image.
   *
   * @throws Error when the digest is not `sha256:` and 64 hexadecimal digits
   */
  imageUriForDigest(digest: string): string {
    this.check(digest, imageDigestSyntax);
    return imageReference(this.repositoryUrl, { digest });
  }

  /** Add a grant to the repository policy. @param found what is granted, for the message when it is refused */
  protected abstract onPolicy(found: unknown, grant: (grants: RepositoryGrants) => void): void;

  /**
   * Allow a role to pull.
   *
   * @returns the identity-based statements: for a role in another account, what its policy there must contain
   */
  grantPull(grantee: Grantee): Statement[] {
    return this.grant(grantee, ["pull"]);
  }

  /** Allow a role to push, including what a push reads. @returns the identity-based statements, as for `grantPull` */
  grantPush(grantee: Grantee): Statement[] {
    return this.grant(grantee, ["push"]);
  }

  /** Allow a role to push and pull. @returns the identity-based statements, as for `grantPull` */
  grantPullPush(grantee: Grantee): Statement[] {
    return this.grant(grantee, ["pull", "push"]);
  }

  /** Allow other accounts to pull. Each principal's policy in those accounts must allow it too. */
  grantPullToAccount(...accountIds: readonly string[]): void {
    this.onPolicy(accountIds, (grants) => grants.grantPullToAccount(...accountIds));
  }

  /**
   * Allow an organization, or parts of one, to pull. In other accounts, each principal's policy must allow it too; in
   * the repository's own account this grant is enough. The Lambda service belongs to no organization: see
   * {@link grantPullToLambda}.
   */
  grantPullToOrganization(organization: Organization): void {
    this.onPolicy(organization, (grants) => grants.grantPullToOrganization(organization));
  }

  /**
   * Allow Lambda to pull for functions in the given accounts, in the Region of the repository. Accounts other than the
   * repository's own are also allowed to pull, as with {@link grantPullToAccount}, because creating a function requires
   * it.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
   */
  grantPullToLambda(grant: LambdaGrant = {}): void {
    this.onPolicy("lambda.amazonaws.com", (grants) => grants.grantPullToLambda(grant));
  }

  /** Add a custom statement to the repository policy. */
  addToPolicy(statement: ResourceStatement): void {
    this.onPolicy(statement.Sid ?? statement, (grants) => grants.addToPolicy(statement));
  }

  /** A value that is unknown until deploy passes. */
  private check(found: string, { pattern, advice }: typeof imageTagSyntax): void {
    if (!Token.isUnresolved(found) && !pattern.test(found))
      throw new Error(`${this.node.path}: found ${JSON.stringify(found)}; ${advice}`);
  }

  private grant(grantee: Grantee, access: readonly Access[]): Statement[] {
    const target = grantTarget(this, this.ownAccountId, grantee);
    // The ARN itself, not Terraform's attribute, so that the length of the policy is known at synth.
    const granted = { repositoryArn: repositoryArn(this.address), access };
    if ("rolePolicy" in target) target.rolePolicy.allow(granted);
    else this.onPolicy(target.foreignRoleArn, (grants) => grants.grantToRole(target.foreignRoleArn, access));
    return identityStatements([granted]);
  }
}
