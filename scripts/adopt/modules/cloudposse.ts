import type { RepositoryInput } from "../environment-input";
import { defined } from "../environment-input";
import type { InputReader } from "../hcl/input-reader";
import { plain } from "../hcl/value";
import { cloudposseLifecycle } from "./cloudposse-lifecycle";
import { listed, type ModuleReader, type ModuleRepositories, roles, tagsOf } from "./module-reader";

/** @see https://github.com/cloudposse/terraform-aws-ecr/blob/main/variables.tf */
export const cloudposse: ModuleReader = (input, accountId) => {
  const names = cloudposseNames(input);
  const usesLifecycle = input.boolean("enable_lifecycle_policy") ?? true;
  const lifecyclePolicy = cloudposseLifecycle(input);
  if (usesLifecycle && lifecyclePolicy !== undefined)
    input.note(
      "choice",
      "max_image_count",
      "lifecyclePolicy has the rules that the module writes, so nothing changes; maxImageCount and protectedTags say nearly the same in fewer words",
    );
  const filters = input.objectsInList("image_tag_mutability_exclusion_filter");
  for (const one of filters) one.skip("filter_type");
  const encryption = input.value("encryption_configuration");
  const { encryption_type: encryptionType = "AES256", kms_key: kmsKey } = (
    encryption ? plain(encryption) : {}
  ) as Record<string, string | undefined>;
  const write = roles(input, "principals_full_access", "principals_push_access");
  const read = roles(input, "principals_readonly_access").filter((arn) => !write.includes(arn));
  const lambda = input.texts("principals_lambda") ?? [];
  const accounts = lambda.filter((id) => id !== accountId);
  return {
    names,
    settings: defined({
      imageTagMutability: input.text("image_tag_mutability") ?? "IMMUTABLE",
      exclusionFilters: filters.flatMap((one) => one.text("filter") ?? []),
      ...{ encryptionType, kmsKey },
      scanOnPush: input.boolean("scan_images_on_push") ?? true,
      tags: tagsOf(input),
      lifecyclePolicy: usesLifecycle ? lifecyclePolicy : undefined,
      forceDelete: input.boolean("force_delete"),
    }) as ModuleRepositories["settings"],
    further: defined({
      pullRoleArns: listed(read),
      pushRoleArns: listed(write),
      enableLambdaPull: lambda.length > 0 ? true : undefined,
      ...(accounts.length > 0 && { enableCrossAccountAccess: true, allowedAccountIds: accounts }),
      allowedOrganizationIds: listed(input.texts("organizations_readonly_access") ?? []),
    }) as RepositoryInput,
  };
};

/** The labels in the order in which the module joins them. @see https://github.com/cloudposse/terraform-null-label */
function cloudposseNames(input: InputReader): string[] {
  const images = input.texts("image_names") ?? [];
  const parts = ["namespace", "tenant", "environment", "stage", "name"].map((key) => input.text(key));
  const attributes = input.texts("attributes") ?? [];
  const delimiter = input.text("delimiter") ?? "-";
  const usesFullName = input.boolean("use_fullname") ?? true;
  if (images.length > 0) return images;
  if (input.has("context")) {
    input.value("context");
    input.note(
      "loss",
      "context",
      "the name of the repository depends on it, so nothing is adopted; adopt the state",
    );
    return [];
  }
  const all = usesFullName ? [...parts, ...attributes] : parts.slice(-1);
  const name = all
    .filter((part) => part !== undefined && part !== "")
    .join(delimiter)
    .toLowerCase();
  return name === "" ? [] : [name];
}
