import type { Construct } from "constructs";
import { type RepositoryAddress, repositoryArn, repositoryUrl } from "../repository/repository-address";
import { existingNameProblem } from "../repository/repository-name";
import { accountIdSyntax } from "./grantee-syntax";
import { GrantingRepository } from "./granting-repository";

/**
 * A repository that is created elsewhere. Roles in the account that the stack deploys to can be granted access, by name
 * or as constructs; if the repository is in another account, its owner must grant them access too.
 *
 * Terraform manages one policy for each repository, so every grant that needs the repository policy is refused: a
 * second resource would overwrite the owner's statements, and a skipped grant would show only when a pull fails.
 *
 * @see https://github.com/aws/aws-cdk/issues/15483
 */
export class ExistingRepository extends GrantingRepository {
  protected readonly address: RepositoryAddress;
  protected readonly ownAccountId: undefined;
  readonly repositoryUrl: string;
  readonly repositoryArn: string;
  readonly repositoryName: string;
  readonly registryId: string;

  /** @throws Error when the repository name or the account ID is not valid */
  constructor(scope: Construct, id: string, { name, accountId, region }: RepositoryAddress) {
    super(scope, id);
    this.address = { name, accountId, region };
    const wrong = existingNameProblem(name);
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
      `${name}: found ${JSON.stringify(found)}; this grant belongs in the policy of the repository, which is created elsewhere (account ${accountId}, ${region}); grant it there, or use { roleName } here for a role in the account that the stack deploys to`,
    );
  }
}
