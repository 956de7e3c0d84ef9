import type { Access, RepositoryAccess } from "../../modules/ecr/access/identity-policy";
import { RepositoryGrants } from "../../modules/ecr/access/repository-grants";
import { repositoryArn } from "../../modules/ecr/repository/repository-address";
import { statementFrom } from "../../modules/iam/statement-parts";
import type { RepositoryOptions } from "../options/repository";
import type { Environment } from "./environment";
import { ownStatements, pastedPolicy } from "./own-statements";
import { repositoryName } from "./repository-names";
import { isRoleOf } from "./roles";

/** Principals that may access one repository. */
export interface RepositoryAccessPlan {
  /** What the repository policy grants. */
  readonly grants: RepositoryGrants;
  /** Access of roles in the repository's account, granted by inline policies of these roles. */
  readonly roles: readonly { readonly roleArn: string; readonly access: RepositoryAccess }[];
}

/**
 * The access that the options of a repository grant. Rules check its length, and the compute layer creates it.
 *
 * @param region where the repository is. @default - the Region of the environment; a replica is in another one
 */
export function accessTo(
  environment: Environment,
  shortName: string,
  options: RepositoryOptions,
  region: string = environment.region,
): RepositoryAccessPlan {
  const { accountId } = environment;
  const address = { name: repositoryName(environment, shortName), accountId, region };
  const grants = new RepositoryGrants(address);
  if (options.allowedAccountIds.length > 0) grants.grantPullToAccount(...options.allowedAccountIds);
  for (const organizationId of options.allowedOrganizationIds)
    grants.grantPullToOrganization({ organizationId });
  if (options.allowedOrganizationPaths.length > 0)
    grants.grantPullToOrganization({ paths: options.allowedOrganizationPaths });
  if (options.enableLambdaPull)
    grants.grantPullToLambda({ accountIds: [accountId, ...options.allowedAccountIds] });
  const granted = rolesIn(options);
  for (const { roleArn, access } of granted)
    if (!isRoleOf(accountId, roleArn)) grants.grantToRole(roleArn, access);
  if (options.repositoryPolicy !== null) grants.keepHead(pastedPolicy(options).head);
  for (const statement of ownStatements(options)) grants.addToPolicy(statementFrom(statement));
  return {
    grants,
    roles: granted
      .filter(({ roleArn }) => isRoleOf(accountId, roleArn))
      .map(({ roleArn, access }) => ({
        roleArn,
        access: { repositoryArn: repositoryArn(address), access },
      })),
  };
}

function rolesIn({ pullRoleArns, pushRoleArns }: RepositoryOptions): {
  roleArn: string;
  access: readonly Access[];
}[] {
  return [
    ...pullRoleArns.map((roleArn) => ({ roleArn, access: ["pull"] as const })),
    ...pushRoleArns.map((roleArn) => ({ roleArn, access: ["pull", "push"] as const })),
  ];
}
