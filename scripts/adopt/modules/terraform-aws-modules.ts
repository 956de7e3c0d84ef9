import type { RepositoryInput } from "../environment-input";
import { defined } from "../environment-input";
import { json, listed, type ModuleReader, type ModuleRepositories, roles, tagsOf } from "./module-reader";

/** @see https://github.com/terraform-aws-modules/terraform-aws-ecr/blob/master/variables.tf */
export const terraformAwsModules: ModuleReader = (input) => {
  const write = roles(input, "repository_read_write_access_arns");
  const read = roles(input, "repository_read_access_arns").filter((arn) => !write.includes(arn));
  const usesLifecycle = input.boolean("create_lifecycle_policy") ?? true;
  const filters = input.objectsInList("repository_image_tag_mutability_exclusion_filter");
  const lifecyclePolicy = json(input, "repository_lifecycle_policy");
  if (input.boolean("create_repository") === false) return { names: [], settings: nothing, further: {} };
  const name = input.text("repository_name");
  const isPublic = input.text("repository_type") === "public";
  if (isPublic) input.note("loss", "repository_type", "declare it in ecr.publicRepositories");
  return {
    names: name === undefined || isPublic ? [] : [name],
    settings: defined({
      imageTagMutability: input.text("repository_image_tag_mutability") ?? "IMMUTABLE",
      exclusionFilters: filters.flatMap((one) => one.text("filter") ?? []),
      encryptionType: input.text("repository_encryption_type") ?? "AES256",
      kmsKey: input.text("repository_kms_key"),
      scanOnPush: input.boolean("repository_image_scan_on_push") ?? true,
      tags: tagsOf(input),
      lifecyclePolicy: usesLifecycle ? lifecyclePolicy : undefined,
      policy: json(input, "repository_policy"),
      forceDelete: input.boolean("repository_force_delete"),
    }) as ModuleRepositories["settings"],
    further: defined({ pullRoleArns: listed(read), pushRoleArns: listed(write) }) as RepositoryInput,
  };
};

const nothing = {
  imageTagMutability: "MUTABLE",
  exclusionFilters: [],
  encryptionType: "AES256",
  scanOnPush: true,
  tags: {},
};
