import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { NameScope } from "../../terraform/name-scope";
import { EcrRolePolicy } from "./ecr-role-policy";
import { roleArnSyntax, roleParts } from "./grantee-syntax";

/**
 * A role that is granted access:
 *
 * - a role in the same stack;
 * - a role in the account that the stack deploys to, by its name without the path;
 * - a role in any account, by its ARN;
 * - the policy of a role, if the name of the role is unknown until deploy.
 *
 * ARNs and names that are unknown until deploy are refused, because they cannot be checked at synth.
 */
export type Grantee = IamRole | { readonly roleName: string } | { readonly roleArn: string } | EcrRolePolicy;

/**
 * Where a grant is written: the policy of a role in this account, or the repository policy for a role in another
 * account.
 */
export type GrantTarget = { readonly rolePolicy: EcrRolePolicy } | { readonly foreignRoleArn: string };

/**
 *
 * @param scope a construct in the stack
 * @param ownAccountId account that the stack deploys to; without it, every role given by ARN counts as one in another
 *   account
 * @throws Error when the grantee is not valid, or is a role in another stack
 */
export function grantTarget(
  scope: Construct,
  ownAccountId: string | undefined,
  grantee: Grantee,
): GrantTarget {
  const stack = TerraformStack.of(scope);
  if (grantee instanceof EcrRolePolicy) return { rolePolicy: grantee };
  if ("roleArn" in grantee) {
    const { roleArn } = grantee;
    const { pattern, advice } = roleArnSyntax;
    if (Token.isUnresolved(roleArn)) throw unknownAtSynth(scope, "ARN");
    if (!pattern.test(roleArn))
      throw new Error(`${scope.node.path}: found ${JSON.stringify(roleArn)}; ${advice}`);
    if (Token.isUnresolved(ownAccountId))
      throw new Error(
        `${scope.node.path}: found the role ${roleArn}; only its account tells whether the repository policy must allow it, and the account that the stack deploys to is unknown at synth; pass accountId to EcrModule, or set allowedAccountIds of the AWS provider to that account`,
      );
    const role = roleParts(roleArn);
    return role.accountId === ownAccountId
      ? { rolePolicy: policyByName(stack, role.name) }
      : { foreignRoleArn: roleArn };
  }
  if ("roleName" in grantee) {
    const { roleName } = grantee;
    if (Token.isUnresolved(roleName)) throw unknownAtSynth(scope, "name");
    if (!/^[\w+=,.@-]{1,64}$/.test(roleName))
      throw new Error(
        `${scope.node.path}: found ${JSON.stringify(roleName)}; a role name has 1 to 64 letters, digits and _+=,.@-; use the name without the path`,
      );
    return { rolePolicy: policyByName(stack, roleName) };
  }
  if (TerraformStack.of(grantee) !== stack)
    throw new Error(
      `${scope.node.path}: found the role ${grantee.node.path}; it belongs to another stack, and stacks do not reference each other; pass { roleName } or { roleArn }`,
    );
  return { rolePolicy: policyIn(grantee, "ecr", grantee.name) };
}

function policyByName(stack: TerraformStack, roleName: string): EcrRolePolicy {
  const id = "ecr_role_policies";
  const scope = (stack.node.tryFindChild(id) as Construct | undefined) ?? new NameScope(stack, id);
  return policyIn(scope, roleName, roleName);
}

/** One policy for each role, for all repositories that it is granted. */
function policyIn(scope: Construct, id: string, roleName: string): EcrRolePolicy {
  const policy = scope.node.tryFindChild(id) as EcrRolePolicy | undefined;
  return policy ?? new EcrRolePolicy(scope, id, { roleName });
}

function unknownAtSynth(scope: Construct, what: "ARN" | "name"): Error {
  return new Error(
    `${scope.node.path}: found a role ${what} that is unknown until deploy; pass the role itself, or a new EcrRolePolicy(stack, id, { roleName })`,
  );
}
