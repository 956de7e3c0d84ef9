import type { Construct } from "constructs";
import { templateRoleName } from "../../environments/naming";
import { encryptionOf } from "../../environments/plan/encryption";
import type { Environment } from "../../environments/plan/environment";
import { templateArns } from "../../environments/plan/templates";
import { templatePermission } from "../../modules/ecr/cache/template-permission";
import { ServiceRoleModule } from "../../modules/iam/service-role-module";
import type { Outputs } from "../contract";
import type { pullThroughCacheContract } from "./security.contract";

/**
 * Create the role that ECR assumes to create repositories from templates, also those of caches. AWS documents its trust
 * policy without a condition, and not that ECR sets `aws:SourceArn` or `aws:SourceAccount` when it assumes the role. With a
 * condition that ECR does not meet, ECR could create no repository.
 *
 * @param layerKeyArn ARN of the security layer's key for images
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create-iam.html
 */
export function templateRole(
  stack: Construct,
  environment: Environment,
  layerKeyArn: string,
): Outputs<typeof pullThroughCacheContract> {
  const encryption = encryptionOf(environment, () => layerKeyArn);
  const { arn } = new ServiceRoleModule(stack, "ecr_template", {
    name: templateRoleName(environment),
    description: `ECR creates repositories from templates of ${environment.project} ${environment.name}`,
    service: "ecr.amazonaws.com",
    statements: templatePermission(
      templateArns(environment),
      encryption.type === "AES256" ? undefined : encryption.kmsKeyArn,
    ),
  });
  return { ecr_template_role_arn: arn };
}
