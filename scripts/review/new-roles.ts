import { valueAt } from "../../modules/values/value-at";
import { placeOf, resourcesOf, type Stacks } from "./revisions/stack-json";
import { effectOf, type TerraformPlan } from "./terraform-plan";

/** The names of roles, by account: two accounts can have roles of one name. */
export type RolesByAccount = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The roles that a review creates, in any of its stacks. A layer gives permissions to roles of an earlier one, and a new role
 * had no permission to widen.
 */
export function rolesIn(
  plans: readonly { readonly accountId: string; readonly plan: TerraformPlan | undefined }[],
) {
  const roles = new Map<string, Set<string>>();
  for (const { accountId, plan } of plans)
    for (const change of plan?.resource_changes ?? [])
      if (change.type === "aws_iam_role" && effectOf(change) === "create")
        addTo(roles, accountId, valueAt(change.change.after, ["name"]));
  return roles;
}

/** The same between two revisions: what any stack of the base has in an account exists there. */
export function rolesBetween(base: Stacks, head: Stacks): RolesByAccount {
  const [old, current] = [base, head].map(rolesOf);
  return new Map(
    [...(current ?? [])].map(([account, names]) => [
      account,
      new Set([...names].filter((name) => !old?.get(account)?.has(name))),
    ]),
  );
}

function rolesOf(stacks: Stacks): Map<string, Set<string>> {
  const roles = new Map<string, Set<string>>();
  for (const stack of Object.values(stacks))
    for (const { type, values, provider } of resourcesOf(stack).values())
      if (type === "aws_iam_role") addTo(roles, placeOf(stack, provider).accountId ?? "", values["name"]);
  return roles;
}

function addTo(roles: Map<string, Set<string>>, account: string, name: unknown): void {
  if (typeof name !== "string") return;
  roles.set(account, (roles.get(account) ?? new Set()).add(name));
}
