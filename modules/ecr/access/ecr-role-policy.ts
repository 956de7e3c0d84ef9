import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { knownLength } from "../../terraform/unknown-text";
import {
  identityPolicy,
  maxRolePolicyLength,
  type RepositoryAccess,
  rolePolicyLengthAdvice,
} from "./identity-policy";

export interface EcrRolePolicyProps {
  /** Name of a role in the account that the stack deploys to, without its path. May be unknown until deploy. */
  readonly roleName: string;
}

/**
 * An inline policy with the repository permissions of one role. The grant methods of `EcrModule` create one for each
 * role in a stack and add to it.
 *
 * Terraform completes its name, so that policies of several stacks for one role do not collide.
 *
 * @throws Error at synth when nothing was granted, or the policy is longer than IAM allows
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

  /** Add permissions on a repository. */
  allow(access: RepositoryAccess): void {
    this.accesses.push(access);
  }

  private text(): string {
    if (this.accesses.length === 0)
      throw new Error(
        `${this.node.path}: found no grants; IAM rejects a policy without statements; grant the role access to a repository or remove the policy`,
      );
    const text = identityPolicy(this.accesses);
    const length = knownLength(text);
    if (length > maxRolePolicyLength)
      throw new Error(
        `${this.node.path}: found ${this.accesses.length} grants; ${rolePolicyLengthAdvice(length)}`,
      );
    return text;
  }
}
