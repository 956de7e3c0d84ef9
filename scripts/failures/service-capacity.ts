/**
 * An environment file that no longer says how many tasks of a service run on Fargate Spot, while some do. AWS provider 6.15 and later
 * refuse the plan.
 *
 * @param error what Terraform printed, on one line
 * @param stack name of the stack
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/43533
 */
export function serviceCapacity(error: string, stack: string): string | undefined {
  return error.includes("force_new_deployment should be true")
    ? `A service of ${stack} runs tasks on Fargate Spot, and its environment file no longer has capacity; set capacity: { spotWeight: 0 }, deploy, and then remove it.`
    : undefined;
}
