import { protectedTypes } from "./protected-types";
import { isForgotten, type TerraformPlan } from "./terraform-plan";
import { nameOf } from "./weakenings";

/** A resource that a plan removes from the state and leaves in AWS. */
export interface Forgotten {
  readonly address: string;
  readonly name: string;
  /** Whether it has content that no apply can restore. */
  readonly hasContent: boolean;
}

/** What it means that Terraform forgets a resource, to follow its name. */
export const leftBehind = "would be removed from the state and stay in AWS, where no stack manages it";

/** What a plan forgets, e.g. because of a `removed` block with `destroy = false`. */
export const forgottenIn = ({ resource_changes: changes = [] }: TerraformPlan): Forgotten[] =>
  changes.filter(isForgotten).map((change) => ({
    address: change.address,
    name: nameOf(change),
    hasContent: Object.hasOwn(protectedTypes, change.type),
  }));
