import type { Construct } from "constructs";
import { type RepositoryAddress, repositoryArn, repositoryUrl } from "../repository-address";
import { repositoryNameProblem } from "../repository-name";
import { accountIdSyntax } from "./grantee-syntax";
import { GrantingRepository } from "./granting-repository";

/**
 * A repository that another stack or somebody else makes. Roles of the account that the stack deploys to can be granted
 * access, by name or as constructs; where that is not the repository's account, its owner must let them too.
 *
 * Terraform keeps one policy for each repository, so everything that needs that policy is refused here: a second
 * resource would overwrite the owner's statements, and leaving the grant out would only show when a pull fails.
 *
 * @see https://github.com/aws/aws-cdk/issues/15483
 */
export class ExistingRepository extends GrantingRepository {
  readonly repositoryUrl: string;
  readonly repositoryArn: string;
  readonly repositoryName: string;
  readonly registryId: string;

  /** @throws Error when ECR knows no such name or AWS no such account id */
  constructor(scope: Construct, id: string, { name, accountId, region }: RepositoryAddress) {
    super(scope, id, { name, accountId, region });
    const wrong = repositoryNameProblem(name);
    if (wrong !== undefined) throw new Error(`${this.node.path}: found ${JSON.stringify(name)}; ${wrong}`);
    if (!accountIdSyntax.pattern.test(accountId))
      throw new Error(`${this.node.path}: found ${JSON.stringify(accountId)}; ${accountIdSyntax.advice}`);
    this.repositoryUrl = repositoryUrl(this.address);
    this.repositoryArn = repositoryArn(this.address);
    this.repositoryName = name;
    this.registryId = accountId;
  }

  protected onPolicy(found: unknown): never {
    const { name, accountId, region } = this.address;
    throw new Error(
      `${name}: found ${JSON.stringify(found)}; this grant stands in the policy of the repository, which is made elsewhere (account ${accountId}, ${region}); grant it where the repository is made, and grant roles of the account deployed to by { roleName } here`,
    );
  }
}
