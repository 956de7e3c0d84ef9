import { Construct } from "constructs";
import type { Statement } from "../../iam/policy-document";
import { type RepositoryAddress, repositoryArn } from "../repository-address";
import { type Grantee, grantTarget } from "./grantee";
import { type Access, identityStatements } from "./identity-policy";
import type { LambdaGrant, Organization, RepositoryGrants } from "./repository-grants";

/**
 * A repository that access is granted to. Each grant has an identity side, which is the policy of a role, and a resource
 * side, which is the policy of the repository:
 *
 * - In one account the identity side is enough. It is written into an inline policy of the role.
 * - Across accounts both sides must allow. The repository's policy is written; the role's is up to the other account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export abstract class GrantingRepository extends Construct {
  /** Where images are pushed to, e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app`. */
  abstract readonly repositoryUrl: string;
  abstract readonly repositoryArn: string;
  abstract readonly repositoryName: string;
  /** Account of the registry. */
  abstract readonly registryId: string;

  constructor(
    scope: Construct,
    id: string,
    protected readonly address: RepositoryAddress,
    /** Account that the stack deploys to; `undefined` when that may be another one than the repository's. */
    private readonly ownAccountId?: string,
  ) {
    super(scope, id);
  }

  /** Grant something in the repository's own policy. @param found what it is, for the message if it cannot be */
  protected abstract onPolicy(found: unknown, grant: (grants: RepositoryGrants) => void): void;

  /**
   * Let a role pull.
   *
   * @returns the statements of the identity side: for a role of another account, what its policy there must hold
   */
  grantPull(grantee: Grantee): Statement[] {
    return this.grant(grantee, ["pull"]);
  }

  /** Let a role push, and read what a push reads. @returns the statements of the identity side, as for `grantPull` */
  grantPush(grantee: Grantee): Statement[] {
    return this.grant(grantee, ["push"]);
  }

  /** Let a role push and pull. @returns the statements of the identity side, as for `grantPull` */
  grantPullPush(grantee: Grantee): Statement[] {
    return this.grant(grantee, ["pull", "push"]);
  }

  /** Let other accounts pull. There, the policy of each principal must allow it too. */
  grantPullToAccount(...accountIds: readonly string[]): void {
    this.onPolicy(accountIds, (grants) => grants.grantPullToAccount(...accountIds));
  }

  /**
   * Let an organization or parts of one pull. In other accounts, the policy of each principal must allow it too; in the
   * repository's own account this grant is enough. The Lambda service belongs to no organization: see {@link grantPullToLambda}.
   */
  grantPullToOrganization(organization: Organization): void {
    this.onPolicy(organization, (grants) => grants.grantPullToOrganization(organization));
  }

  /**
   * Let Lambda pull for the functions of some accounts in the Region of the repository. Other accounts than the
   * repository's own may then pull as with {@link grantPullToAccount}, which creating a function takes.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
   */
  grantPullToLambda(grant: LambdaGrant = {}): void {
    this.onPolicy("lambda.amazonaws.com", (grants) => grants.grantPullToLambda(grant));
  }

  /** Add a statement of your own to the repository's policy. */
  addToPolicy(statement: Statement): void {
    this.onPolicy(statement.Sid, (grants) => grants.addToPolicy(statement));
  }

  private grant(grantee: Grantee, access: readonly Access[]): Statement[] {
    const target = grantTarget(this, this.ownAccountId, grantee);
    // The ARN as it will be and not Terraform's attribute, so that the length of the policy is known at synth.
    const granted = { repositoryArn: repositoryArn(this.address), access };
    if ("rolePolicy" in target) target.rolePolicy.allow(granted);
    else this.onPolicy(target.foreignRoleArn, (grants) => grants.grantToRole(target.foreignRoleArn, access));
    return identityStatements([granted]);
  }
}
