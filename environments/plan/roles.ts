import { roleParts } from "../../modules/ecr/access/grantee-syntax";

/** Whether an ARN names a role of an account. Such a role gets a policy; a role of another account needs the resource's. */
export function isRoleOf(accountId: string | undefined, roleArn: string): boolean {
  return roleParts(roleArn).accountId === accountId;
}
