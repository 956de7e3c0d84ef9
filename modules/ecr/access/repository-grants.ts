import { partitionOf } from "../../iam/aws-partition";
import type { Statement } from "../../iam/policy-document";
import type { RepositoryAddress } from "../repository-address";
import {
  accountIdSyntax,
  organizationIdSyntax,
  organizationPathSyntax,
  roleArnSyntax,
  roleParts,
} from "./grantee-syntax";
import type { Access } from "./identity-policy";
import { loginAction } from "./image-actions";
import {
  maxPolicyLength,
  ownSids,
  pullFromAccounts,
  pullFromLambda,
  pullFromLambdaOfAccounts,
  pullFromOrganizationPaths,
  pullFromOrganizations,
  pullFromRoles,
  pushFromRoles,
  repositoryPolicy,
} from "./repository-policy";

/** An organization as a whole by its id (`o-…`), or parts of one by their paths (`o-…/r-…/ou-…/*`). */
export type Organization = { readonly organizationId: string } | { readonly paths: readonly string[] };

/** Accounts whose functions Lambda may pull for. @default - the repository's own account */
export interface LambdaGrant {
  readonly accountIds?: readonly string[];
}

/**
 * What a repository's own policy grants, collected in any order and as often as one likes: equal grants give the same
 * text. Every method throws an Error that names the repository when what it is given is not legal.
 */
export class RepositoryGrants {
  private readonly accountIds = new Set<string>();
  private readonly lambdaAccountIds = new Set<string>();
  private readonly organizationIds = new Set<string>();
  private readonly organizationPaths = new Set<string>();
  private readonly roleArns = { pull: new Set<string>(), push: new Set<string>() };
  private readonly own = new Map<string, Statement>();

  constructor(private readonly repository: RepositoryAddress) {}

  grantPullToAccount(...accountIds: readonly string[]): void {
    for (const id of accountIds) {
      this.check(accountIdSyntax, id);
      if (id === this.repository.accountId)
        this.refuse(id, "this is the repository's own account, which needs no permission here; remove it");
      this.accountIds.add(id);
    }
  }

  grantPullToOrganization(organization: Organization): void {
    if ("organizationId" in organization) {
      this.check(organizationIdSyntax, organization.organizationId);
      this.organizationIds.add(organization.organizationId);
      return;
    }
    for (const path of organization.paths) {
      this.check(organizationPathSyntax, path);
      this.organizationPaths.add(path);
    }
  }

  /** Functions of other accounts need two statements: one for who creates them and one for Lambda itself. */
  grantPullToLambda({ accountIds = [this.repository.accountId] }: LambdaGrant = {}): void {
    for (const id of accountIds) {
      if (id !== this.repository.accountId) this.grantPullToAccount(id);
      this.lambdaAccountIds.add(id);
    }
  }

  /** A role of another account. One of the repository's own account is granted access by its own policy only. */
  grantToRole(roleArn: string, access: readonly Access[]): void {
    this.check(roleArnSyntax, roleArn);
    if (roleParts(roleArn).accountId === this.repository.accountId)
      this.refuse(roleArn, "a role of the repository's own account needs a policy of its own; attach one");
    for (const kind of access) this.roleArns[kind].add(roleArn);
  }

  addToPolicy(statement: Statement): void {
    const { Sid } = statement;
    const taken = this.own.has(Sid) || Object.values<string>(ownSids).includes(Sid);
    if (!/^[0-9A-Za-z]{1,100}$/.test(Sid))
      this.refuse(Sid, "a Sid has letters and digits only; write for example PullFromBuildRole");
    if (taken) this.refuse(Sid, "another statement of the policy has this Sid; rename it");
    if (statement.Resource !== undefined)
      this.refuse(statement.Resource, "a repository policy is about its repository; remove Resource");
    if (statement.Action.some((action) => action.toLowerCase() === loginAction.toLowerCase()))
      this.refuse(loginAction, "only an identity policy on * can allow this action; grant it to the role");
    this.own.set(Sid, statement);
  }

  /** The statements: one for each kind of grantee, then those of the user's own. */
  statements(): Statement[] {
    const { accountId, region } = this.repository;
    const lambdaOfOthers = [...this.lambdaAccountIds].filter((id) => id !== accountId);
    const one = (
      items: Iterable<string>,
      statement: (items: readonly string[]) => Statement,
    ): Statement[] => {
      const list = [...items];
      return list.length === 0 ? [] : [statement(list)];
    };
    return [
      ...one(this.accountIds, (ids) => pullFromAccounts(partitionOf(region), ids)),
      ...one(this.organizationIds, pullFromOrganizations),
      ...one(this.organizationPaths, pullFromOrganizationPaths),
      ...one(this.roleArns.pull, pullFromRoles),
      ...one(this.roleArns.push, pushFromRoles),
      ...(this.lambdaAccountIds.has(accountId) ? [pullFromLambda()] : []),
      ...one(lambdaOfOthers, (ids) => pullFromLambdaOfAccounts(partitionOf(region), region, ids)),
      ...this.own.values(),
    ];
  }

  /** The text of the policy. @throws Error when ECR would refuse its length */
  text(): string {
    const statements = this.statements();
    const text = repositoryPolicy(statements);
    if (text.length > maxPolicyLength)
      this.refuse(`${statements.length} policy statements`, policyLengthAdvice(text.length));
    return text;
  }

  private check({ pattern, advice }: { pattern: RegExp; advice: string }, found: string): void {
    if (!pattern.test(found)) this.refuse(found, advice);
  }

  private refuse(found: unknown, advice: string): never {
    throw new Error(`${this.repository.name}: found ${JSON.stringify(found)}; ${advice}`);
  }
}

/** What to say of a policy that is too long. */
export function policyLengthAdvice(length: number): string {
  return `its policy would have ${length} characters and ECR takes ${maxPolicyLength}; allow a whole organization, whole accounts instead of their roles, or fewer accounts and statements`;
}
