import { valueAt } from "../../../modules/values/value-at";
import { isEquivalent } from "../canonical";
import { effectOf, isUnknown, type ResourceChange, type TerraformPlan } from "../terraform-plan";

/** A lifecycle policy that is added, changed or removed, of a repository that stays. */
export interface PolicyChange {
  /** Terraform address of the policy, e.g. `aws_ecr_lifecycle_policy.web-app`. */
  readonly address: string;
  /** Name in ECR. */
  readonly repository: string;
  /** JSON; `undefined` if there is no policy. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Whether the new policy is known only after the apply. */
  readonly isUnknown: boolean;
}

const type = "aws_ecr_lifecycle_policy";

/** The changes of lifecycle policies in a plan. What goes with its repository, or comes with it, is not among them. */
export function policyChangesIn(plan: TerraformPlan): PolicyChange[] {
  const { resource_changes: changes = [] } = plan;
  const repositories = new Map(
    changes
      .filter((change) => change.type === "aws_ecr_repository")
      .map((change) => [change.address, effectOf(change)]),
  );
  return changes.flatMap((change) => {
    if (change.type !== type || effectOf(change) === undefined) return [];
    const effect = repositories.get(repositoryAddress(change.address));
    return effect === undefined || effect === "change" ? changesOf(change) : [];
  });
}

/** The repository of a lifecycle policy has the same name in the stack. */
export const repositoryAddress = (address: string): string => address.replace(type, "aws_ecr_repository");

/** One change, or two if the policy goes from one repository to another. */
function changesOf(change: ResourceChange): PolicyChange[] {
  const { address } = change;
  const [before, after] = [change.change.before, change.change.after].map((side) => ({
    repository: textAt(side, "repository"),
    policy: textAt(side, "policy"),
  }));
  const later = isUnknown(change, ["policy"]);
  const names = new Set([before?.repository, after?.repository]);
  return [...names]
    .flatMap((repository) => repository ?? [])
    .map((repository) => ({
      ...{ address, repository },
      before: before?.repository === repository ? before.policy : undefined,
      after: after?.repository === repository ? after.policy : undefined,
      isUnknown: later && after?.repository === repository,
    }))
    .filter(({ before: old, after: current, isUnknown: open }) => open || !isEquivalent(old, current));
}

function textAt(value: unknown, argument: string): string | undefined {
  const text = valueAt(value, [argument]);
  return typeof text === "string" && text !== "" ? text : undefined;
}
