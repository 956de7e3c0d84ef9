import { partitionOf } from "../../iam/aws-partition";
import type { PolicyHead, ResourceStatement, Statement } from "../../iam/policy-document";
import { statementFrom } from "../../iam/statement-parts";
import { isUnknown, knownLength } from "../../terraform/unknown-text";
import type { RepositoryAddress } from "../repository/repository-address";
import {
  accountIdSyntax,
  organizationIdSyntax,
  organizationPathSyntax,
  roleArnSyntax,
  roleParts,
} from "./grantee-syntax";
import type { Access } from "./identity-policy";
import {
  maxPolicyLength,
  pullFromAccounts,
  pullFromLambda,
  pullFromLambdaOfAccounts,
  pullFromOrganizationPaths,
  pullFromOrganizations,
  pullFromRoles,
  pushFromRoles,
  repositoryPolicy,
} from "./repository-policy";
import { readRepositoryStatement, repositoryStatementProblems } from "./repository-statement";

/** A whole organization by its ID (`o-…`), or parts of one by their paths (`o-…/r-…/ou-…/*`). */
export type Organization = { readonly organizationId: string } | { readonly paths: readonly string[] };

/** Accounts whose functions Lambda may pull for. @default - the repository's own account */
export interface LambdaGrant {
  readonly accountIds?: readonly string[];
}

/**
 * Grants of a repository policy, collected in any order and any number of times: equal grants give equal text. Every
 * method throws an Error that names the repository when its argument is not valid.
 */
export class RepositoryGrants {
  private readonly accountIds = new Set<string>();
  private readonly lambdaAccountIds = new Set<string>();
  private readonly organizationIds = new Set<string>();
  private readonly organizationPaths = new Set<string>();
  private readonly roleArns = { pull: new Set<string>(), push: new Set<string>() };
  private readonly own = new Map<string, ResourceStatement>();
  private head: PolicyHead | undefined;

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

  /**
   * Functions in other accounts need two statements: one for the principal that creates them and one for Lambda itself.
   */
  grantPullToLambda({ accountIds = [this.repository.accountId] }: LambdaGrant = {}): void {
    for (const id of accountIds) {
      if (id !== this.repository.accountId) this.grantPullToAccount(id);
      this.lambdaAccountIds.add(id);
    }
  }

  /** A role in another account. A role in the repository's own account is granted access by its own policy only. */
  grantToRole(roleArn: string, access: readonly Access[]): void {
    this.check(roleArnSyntax, roleArn);
    if (roleParts(roleArn).accountId === this.repository.accountId)
      this.refuse(
        roleArn,
        "a role in the repository's own account is granted access by its own policy; attach a policy to the role",
      );
    for (const kind of access) this.roleArns[kind].add(roleArn);
  }

  /**
   * Add a statement of your own. ECR accepts one without a Sid, and several with the same.
   *
   * @see https://github.com/getmoto/moto/pull/8933
   */
  addToPolicy(statement: ResourceStatement): void {
    const { parts, problems } = readRepositoryStatement(statement);
    const { partition } = this;
    const all = [
      ...problems,
      ...repositoryStatementProblems(parts, isUnknown(partition) ? undefined : partition),
    ];
    // What Terraform knows only when it deploys cannot be checked.
    const [problem] = all.filter(({ found }) => !isUnknown(String(found)));
    if (problem !== undefined) this.refuse(problem.found, problem.advice);
    const canonical = statementFrom(parts);
    this.own.set(JSON.stringify(canonical), canonical);
  }

  private get partition(): string {
    return this.repository.partition ?? partitionOf(this.repository.region);
  }

  /**
   * Keep the Version and Id of a policy whose statements are added. Terraform plans a change where they differ from those
   * that AWS has, also if nothing else does. No other statement here depends on the version.
   *
   * @see https://github.com/hashicorp/awspolicyequivalence
   */
  keepHead(head: PolicyHead): void {
    this.head = head;
  }

  /** All statements: one for each kind of grantee, then the custom statements. */
  statements(): ResourceStatement[] {
    const { accountId, region } = this.repository;
    const { partition } = this;
    const lambdaOfOthers = [...this.lambdaAccountIds].filter((id) => id !== accountId);
    const one = (
      items: Iterable<string>,
      statement: (items: readonly string[]) => Statement,
    ): Statement[] => {
      const list = [...items];
      return list.length === 0 ? [] : [statement(list)];
    };
    return [
      ...one(this.accountIds, (ids) => pullFromAccounts(partition, ids)),
      ...one(this.organizationIds, pullFromOrganizations),
      ...one(this.organizationPaths, pullFromOrganizationPaths),
      ...one(this.roleArns.pull, pullFromRoles),
      ...one(this.roleArns.push, pushFromRoles),
      ...(this.lambdaAccountIds.has(accountId) ? [pullFromLambda(partition, region, accountId)] : []),
      ...one(lambdaOfOthers, (ids) => pullFromLambdaOfAccounts(partition, region, ids)),
      ...this.own.values(),
    ];
  }

  /** The policy as JSON. @throws Error when it is longer than ECR allows */
  text(): string {
    const text = this.unchecked();
    const length = knownLength(text);
    if (length > maxPolicyLength)
      this.refuse(`${this.statements().length} policy statements`, policyLengthAdvice(length));
    return text;
  }

  /** The policy as JSON, however long it is. */
  unchecked(): string {
    return repositoryPolicy(this.statements(), this.head);
  }

  private check({ pattern, advice }: { pattern: RegExp; advice: string }, found: string): void {
    if (!pattern.test(found)) this.refuse(found, advice);
  }

  private refuse(found: unknown, advice: string): never {
    throw new Error(`${this.repository.name}: found ${JSON.stringify(found)}; ${advice}`);
  }
}

/** Advice for a repository policy that is too long, as "rule; remedy". */
export function policyLengthAdvice(length: number): string {
  return `its policy would have ${length} characters, and ECR allows ${maxPolicyLength}; grant access to an organization, to accounts instead of their roles, or use fewer accounts and statements`;
}
