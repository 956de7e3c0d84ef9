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

/** Those with a statement of their own in the policy. */
type GranteeKind =
  | "account"
  | "lambdaAccount"
  | "organization"
  | "organizationPath"
  | "pullRole"
  | "pushRole";

const roleKinds: Readonly<Record<Access, GranteeKind>> = { pull: "pullRole", push: "pushRole" };

/**
 * Grants of a repository policy, collected in any order and any number of times: equal grants give equal text. Every
 * method throws an Error that names the repository when its argument is not valid.
 */
export class RepositoryGrants {
  /** Most of thousands of repositories grant nothing, so each kind of grantee has a set once there is one. */
  private readonly granted: Partial<Record<GranteeKind, Set<string>>> = {};
  private readonly own = new Map<string, ResourceStatement>();
  private head: PolicyHead | undefined;

  constructor(private readonly repository: RepositoryAddress) {}

  grantPullToAccount(...accountIds: readonly string[]): void {
    for (const id of accountIds) {
      this.check(accountIdSyntax, id);
      if (id === this.repository.accountId)
        this.refuse(id, "this is the repository's own account, which needs no permission here; remove it");
      this.add("account", id);
    }
  }

  grantPullToOrganization(organization: Organization): void {
    if ("organizationId" in organization) {
      this.check(organizationIdSyntax, organization.organizationId);
      this.add("organization", organization.organizationId);
      return;
    }
    for (const path of organization.paths) {
      this.check(organizationPathSyntax, path);
      this.add("organizationPath", path);
    }
  }

  /**
   * Functions in other accounts need two statements: one for the principal that creates them and one for Lambda itself.
   */
  grantPullToLambda({ accountIds = [this.repository.accountId] }: LambdaGrant = {}): void {
    for (const id of accountIds) {
      if (id !== this.repository.accountId) this.grantPullToAccount(id);
      this.add("lambdaAccount", id);
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
    for (const kind of access) {
      if (!Object.hasOwn(roleKinds, kind)) this.refuse(kind, "access is pull or push; use one of the two");
      this.add(roleKinds[kind], roleArn);
    }
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
    if (this.own.size === 0 && Object.keys(this.granted).length === 0) return [];
    const { accountId, region } = this.repository;
    const { granted, partition } = this;
    const { lambdaAccount = new Set() } = granted;
    const lambdaOfOthers = [...lambdaAccount].filter((id) => id !== accountId);
    const one = (
      items: Iterable<string> | undefined,
      statement: (items: readonly string[]) => Statement,
    ): Statement[] => {
      const list = [...(items ?? [])];
      return list.length === 0 ? [] : [statement(list)];
    };
    return [
      ...one(granted.account, (ids) => pullFromAccounts(partition, ids)),
      ...one(granted.organization, pullFromOrganizations),
      ...one(granted.organizationPath, pullFromOrganizationPaths),
      ...one(granted.pullRole, pullFromRoles),
      ...one(granted.pushRole, pushFromRoles),
      ...(lambdaAccount.has(accountId) ? [pullFromLambda(partition, region, accountId)] : []),
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

  private add(kind: GranteeKind, grantee: string): void {
    this.granted[kind] ??= new Set();
    this.granted[kind].add(grantee);
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
