import { TerraformResource } from "cdktf";
import { Construct } from "constructs";

export interface PullTimeExclusionModuleProps {
  /** ARN of the role or user, up to 200 characters. Changing it replaces the exclusion. */
  readonly principalArn: string;
}

/**
 * A principal whose pulls ECR does not record, so that lifecycle rules which count from the last pull ignore them. An
 * account has up to 100 in a Region.
 *
 * It needs AWS provider 6.28.0. The bindings are older, so this writes the resource without one.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-time-update-exclusions.html
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_pull_time_update_exclusion
 */
export class PullTimeExclusionModule extends Construct {
  constructor(scope: Construct, id: string, { principalArn }: PullTimeExclusionModuleProps) {
    super(scope, id);
    const exclusion = new TerraformResource(this, "pull_time_update_exclusion", {
      terraformResourceType: "aws_ecr_pull_time_update_exclusion",
      terraformGeneratorMetadata: { providerName: "aws" },
    });
    exclusion.addOverride("principal_arn", principalArn);
  }
}
