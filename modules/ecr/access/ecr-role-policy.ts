import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import {
  identityPolicy,
  maxRolePolicyLength,
  type RepositoryAccess,
  rolePolicyLengthAdvice,
} from "./identity-policy";

export interface EcrRolePolicyProps {
  /** Name of a role of the account that the stack deploys to, without its path. May be known at deploy only. */
  readonly roleName: string;
}

/**
 * What one role may do with repositories: an inline policy of the role. A grant of `EcrModule` makes one for each role
 * of a stack and adds to it.
 *
 * Terraform ends its name, so that the policies of several stacks for one role do not meet.
 *
 * @throws Error at synth when nothing was granted, or the policy is longer than IAM takes
 */
export class EcrRolePolicy extends Construct {
  private readonly accesses: RepositoryAccess[] = [];

  constructor(scope: Construct, id: string, { roleName }: EcrRolePolicyProps) {
    super(scope, id);
    new IamRolePolicy(this, "policy", {
      role: roleName,
      namePrefix: "ecr-",
      policy: Lazy.stringValue({ produce: () => this.text() }),
    });
  }

  /** Add what the role may do with a repository. */
  allow(access: RepositoryAccess): void {
    this.accesses.push(access);
  }

  private text(): string {
    if (this.accesses.length === 0)
      throw new Error(
        `${this.node.path}: found no grant; IAM takes no policy without a statement; grant the role something or remove the policy`,
      );
    const text = identityPolicy(this.accesses);
    if (text.length > maxRolePolicyLength)
      throw new Error(
        `${this.node.path}: found ${this.accesses.length} grants; ${rolePolicyLengthAdvice(text.length)}`,
      );
    return text;
  }
}
