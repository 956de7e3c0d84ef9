import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { EcrRolePolicy } from "./ecr-role-policy";
import { roleArnSyntax, roleParts } from "./grantee-syntax";

/**
 * A role that is granted something:
 *
 * - a role that the same stack makes;
 * - a role of the account that the stack deploys to, by its name without the path;
 * - a role of whatever account, by its ARN;
 * - the policy of a role, for one whose name is known at deploy only.
 *
 * ARNs and names that are known at deploy only are refused: nothing could be told from them.
 */
export type Grantee = IamRole | { readonly roleName: string } | { readonly roleArn: string } | EcrRolePolicy;

/** Where a grant goes: to the policy of a role of this account, or to a role of another one. */
export type GrantTarget = { readonly rolePolicy: EcrRolePolicy } | { readonly foreignRoleArn: string };

/**
 * @param scope a construct of the stack
 * @param ownAccountId account that the stack deploys to; without it, every role given by its ARN is one of another account
 * @throws Error when the grantee is not legal, or is a role that another stack makes
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
        `${scope.node.path}: found ${JSON.stringify(roleName)}; a role has a name of 1 to 64 letters, digits and _+=,.@-; write it without the path`,
      );
    return { rolePolicy: policyByName(stack, roleName) };
  }
  if (TerraformStack.of(grantee) !== stack)
    throw new Error(
      `${scope.node.path}: found the role ${grantee.node.path}; another stack makes it, and stacks do not refer to each other; name it with { roleName } or { roleArn }`,
    );
  return { rolePolicy: policyIn(grantee, "ecr", grantee.name) };
}

function policyByName(stack: TerraformStack, roleName: string): EcrRolePolicy {
  const id = "ecr_role_policies";
  const scope = (stack.node.tryFindChild(id) as Construct | undefined) ?? new Construct(stack, id);
  return policyIn(scope, roleName, roleName);
}

/** One policy for each role, however many repositories it is granted. */
function policyIn(scope: Construct, id: string, roleName: string): EcrRolePolicy {
  const policy = scope.node.tryFindChild(id) as EcrRolePolicy | undefined;
  return policy ?? new EcrRolePolicy(scope, id, { roleName });
}

function unknownAtSynth(scope: Construct, what: "ARN" | "name"): Error {
  return new Error(
    `${scope.node.path}: found the ${what} of a role that is known at deploy only; pass the role itself, or a new EcrRolePolicy(stack, id, { roleName })`,
  );
}
