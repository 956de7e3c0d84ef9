import fc from "fast-check";
import type { EcrModule } from "../../../modules/ecr/ecr-module";
import type { Caller } from "../cross-account-evaluator";
import { own, region } from "./repository-stack";

/** Every account but the last belongs to an organization; two share one, in different units. */
const accounts = [own, "444455556666", "777788889999", "101010101010"];

const units = [
  "o-aaaaaaaaaa/r-ab12/ou-ab12-11111111/",
  "o-aaaaaaaaaa/r-ab12/ou-ab12-22222222/ou-ab12-33333333/",
  "o-bbbbbbbbbb/r-cd34/",
];

const roleNames = ["build", "task"];

const pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const push = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/** Actions to try on a repository. */
export const actions = [
  ...new Set([...pull, ...push]),
  "ecr:BatchDeleteImage",
  "ecr:DeleteRepository",
  "ecr:DescribeImages",
  "ecr:SetRepositoryPolicy",
];

const roleArn = (account: string, role: string) => `arn:aws:iam::${account}:role/ci/${role}`;

/** Two roles of each account. */
export const roles = accounts.flatMap((account, index) =>
  roleNames.map((name) => {
    const organizationPath = units[index];
    const caller = {
      roleArn: roleArn(account, name),
      ...(organizationPath !== undefined && { organizationPath }),
    };
    return { account, name, caller };
  }),
);

/** Lambda itself, for a function in each account in the Region, and for one in another Region. */
export const functions: Caller[] = [region, "us-east-1"].flatMap((place) =>
  accounts.map((account) => ({
    service: "lambda.amazonaws.com",
    sourceArn: `arn:aws:lambda:${place}:${account}:function:resize`,
  })),
);

export type Grant =
  | {
      readonly method: "grantPull" | "grantPush" | "grantPullPush";
      readonly account: string;
      readonly role: string;
    }
  | { readonly method: "grantPullToAccount"; readonly accounts: readonly string[] }
  | { readonly method: "grantPullToLambda"; readonly accounts: readonly string[] }
  | { readonly method: "grantPullToOrganization"; readonly id: string }
  | { readonly method: "grantPullToOrganization"; readonly paths: readonly string[] };

const some = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 });

export const anyGrant: fc.Arbitrary<Grant> = fc.oneof(
  fc.record({
    method: fc.constantFrom("grantPull" as const, "grantPush" as const, "grantPullPush" as const),
    account: fc.constantFrom(...accounts),
    role: fc.constantFrom(...roleNames),
  }),
  fc.record({ method: fc.constant("grantPullToAccount" as const), accounts: some(accounts.slice(1)) }),
  fc.record({ method: fc.constant("grantPullToLambda" as const), accounts: some(accounts) }),
  fc.record({
    method: fc.constant("grantPullToOrganization" as const),
    id: fc.constantFrom("o-aaaaaaaaaa", "o-bbbbbbbbbb", "o-cccccccccc"),
  }),
  fc.record({
    method: fc.constant("grantPullToOrganization" as const),
    paths: some([
      "o-aaaaaaaaaa/r-ab12/*",
      "o-aaaaaaaaaa/r-ab12/ou-ab12-22222222/",
      "o-aaaaaaaaaa/r-ab12/ou-ab12-22222222/*",
      "o-aaaaaaaaaa/r-ab12/ou-ab12-11111111/",
      "o-bbbbbbbbbb/r-cd34/",
    ]),
  }),
);

/** Make a grant on a repository. */
export function make(grant: Grant, repository: EcrModule): void {
  if ("role" in grant) repository[grant.method]({ roleArn: roleArn(grant.account, grant.role) });
  else if ("id" in grant) repository.grantPullToOrganization({ organizationId: grant.id });
  else if ("paths" in grant) repository.grantPullToOrganization({ paths: grant.paths });
  else if (grant.method === "grantPullToAccount") repository.grantPullToAccount(...grant.accounts);
  else repository.grantPullToLambda({ accountIds: grant.accounts });
}

/** What a grant should allow a caller to do. */
export function meaning(grant: Grant, caller: Caller): readonly string[] {
  if ("service" in caller) {
    if (grant.method !== "grantPullToLambda") return [];
    const [, , , place, account = ""] = (caller.sourceArn ?? "").split(":");
    return place === region && grant.accounts.includes(account) ? pull : [];
  }
  const account = caller.roleArn.split(":")[4] ?? "";
  const { organizationPath = "" } = caller;
  if ("role" in grant) {
    if (caller.roleArn !== roleArn(grant.account, grant.role)) return [];
    return { grantPull: pull, grantPush: push, grantPullPush: [...pull, ...push] }[grant.method];
  }
  if ("id" in grant) return organizationPath.startsWith(`${grant.id}/`) ? pull : [];
  if ("paths" in grant)
    return grant.paths.some((path) =>
      path.endsWith("*") ? organizationPath.startsWith(path.slice(0, -1)) : organizationPath === path,
    )
      ? pull
      : [];
  return account !== own && grant.accounts.includes(account) ? pull : [];
}
