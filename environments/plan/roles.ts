import { roleParts } from "../../modules/ecr/access/grantee-syntax";

/** Whether a role is in an account. Such a role gets a policy; any other role needs a resource-based policy. */
export function isRoleOf(accountId: string | undefined, roleArn: string): boolean {
  return roleParts(roleArn).accountId === accountId;
}
