import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import {
  type Access,
  identityPolicy,
  maxRolePolicyLength,
  type RepositoryAccess,
  rolePolicyLengthAdvice,
} from "../../modules/ecr/access/identity-policy";
import { policyLengthAdvice, RepositoryGrants } from "../../modules/ecr/access/repository-grants";
import { maxPolicyLength, repositoryPolicy, statementOf } from "../../modules/ecr/access/repository-policy";
import { type RepositoryAddress, repositoryArn } from "../../modules/ecr/repository-address";
import type { Environment } from "../environment";
import { repositoryName } from "../naming";
import type { RepositoryOptions } from "../options/ecr";
import type { Problem } from "../schema/problem";

/** What options are granted on: the module of a repository, or a plan of it. */
type Grants = Pick<
  RepositoryGrants,
  "grantPullToAccount" | "grantPullToOrganization" | "grantPullToLambda" | "addToPolicy"
> & {
  grantPull(grantee: { readonly roleArn: string }): unknown;
  grantPullPush(grantee: { readonly roleArn: string }): unknown;
};

/** Grant what the options of a repository stand for. */
export function grantAccess(to: Grants, { accountId }: Environment, options: RepositoryOptions): void {
  if (options.allowedAccountIds.length > 0) to.grantPullToAccount(...options.allowedAccountIds);
  for (const organizationId of options.allowedOrganizationIds) to.grantPullToOrganization({ organizationId });
  if (options.allowedOrganizationPaths.length > 0)
    to.grantPullToOrganization({ paths: options.allowedOrganizationPaths });
  if (options.enableLambdaPull)
    to.grantPullToLambda({ accountIds: [accountId, ...options.allowedAccountIds] });
  for (const roleArn of options.pullRoleArns) to.grantPull({ roleArn });
  for (const roleArn of options.pushRoleArns) to.grantPullPush({ roleArn });
  for (const statement of options.repositoryPolicyStatements) to.addToPolicy(statementOf(statement));
}

/** What the grants on one repository come to, before there are constructs. */
class PlannedAccess extends RepositoryGrants {
  /** What roles of the repository's own account may do. */
  readonly ofRoles: { readonly roleArn: string; readonly access: RepositoryAccess }[] = [];

  constructor(private readonly address: RepositoryAddress) {
    super(address);
  }

  grantPull({ roleArn }: { readonly roleArn: string }): void {
    this.grant(roleArn, ["pull"]);
  }

  grantPullPush({ roleArn }: { readonly roleArn: string }): void {
    this.grant(roleArn, ["pull", "push"]);
  }

  private grant(roleArn: string, access: readonly Access[]): void {
    if (roleParts(roleArn).accountId === this.address.accountId)
      this.ofRoles.push({ roleArn, access: { repositoryArn: repositoryArn(this.address), access } });
    else this.grantToRole(roleArn, access);
  }
}

/** The access to a repository: its own policy, and what roles of its account get in theirs. */
export function plannedAccess(
  environment: Environment,
  shortName: string,
  options: RepositoryOptions,
): PlannedAccess {
  const { accountId, region } = environment;
  const planned = new PlannedAccess({ name: repositoryName(environment, shortName), accountId, region });
  grantAccess(planned, environment, options);
  return planned;
}

/** Repositories whose policy would be longer than ECR takes, and roles whose policy would be longer than IAM takes. */
export function policyLengthProblems(environment: Environment): Problem[] {
  const { file } = environment;
  const path = ["ecr", "repositories"];
  const roles = new Map<string, RepositoryAccess[]>();
  const tooLong = Object.entries(environment.ecr.repositories).flatMap(([shortName, options]): Problem[] => {
    const planned = plannedAccess(environment, shortName, options);
    for (const { roleArn, access } of planned.ofRoles) grouped(roles, roleArn).push(access);
    const statements = planned.statements();
    const { length } = repositoryPolicy(statements);
    if (length <= maxPolicyLength) return [];
    const found = `${statements.length} policy statements`;
    return [{ file, path: [...path, shortName], found, advice: policyLengthAdvice(length) }];
  });
  const tooMany = [...roles].flatMap(([found, accesses]): Problem[] => {
    const { length } = identityPolicy(accesses);
    return length <= maxRolePolicyLength
      ? []
      : [{ file, path, found, advice: rolePolicyLengthAdvice(length) }];
  });
  return [...tooLong, ...tooMany];
}

function grouped(roles: Map<string, RepositoryAccess[]>, roleArn: string): RepositoryAccess[] {
  const list = roles.get(roleArn) ?? [];
  roles.set(roleArn, list);
  return list;
}
