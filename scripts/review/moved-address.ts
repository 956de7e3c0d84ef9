import type { TerraformPlan } from "./terraform-plan";

/** A resource that a plan takes from another address of the same state, because of a `moved` block. */
export interface MovedAddress {
  readonly from: string;
  readonly to: string;
}

/**
 * What a plan moves. Terraform says so for resources that otherwise stay as they are, too.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation `previous_address`
 */
export const movedIn = ({ resource_changes: changes = [] }: TerraformPlan): MovedAddress[] =>
  changes.flatMap(({ address, previous_address: from }) =>
    from === undefined || from === address ? [] : [{ from, to: address }],
  );
