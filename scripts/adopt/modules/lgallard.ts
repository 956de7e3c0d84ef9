import { defined } from "../environment-input";
import { plain } from "../hcl/value";
import { lgallardLifecycle } from "./lgallard-lifecycle";
import { json, type ModuleReader, type ModuleRepositories, tagsOf } from "./module-reader";

/** @see https://github.com/lgallard/terraform-aws-ecr/blob/master/variables.tf */
export const lgallard: ModuleReader = (input) => {
  const name = input.text("name");
  const scanning = input.value("image_scanning_configuration");
  const nested = scanning && (plain(scanning) as { scan_on_push?: boolean }).scan_on_push;
  const encryptionType = input.text("encryption_type") ?? "AES256";
  const kmsKey = input.text("kms_key");
  const generated = lgallardLifecycle(input);
  if (encryptionType === "KMS" && kmsKey === undefined)
    input.note(
      "loss",
      "kms_key",
      "the module makes a key, whose ARN is in no file: adopt the state, or set ecr.kmsKeyArn",
    );
  return {
    names: name === undefined ? [] : [name],
    settings: defined({
      imageTagMutability: input.text("image_tag_mutability") ?? "MUTABLE",
      exclusionFilters: [],
      ...{ encryptionType, kmsKey },
      scanOnPush: nested ?? input.boolean("scan_on_push") ?? true,
      tags: tagsOf(input),
      lifecyclePolicy: json(input, "lifecycle_policy") ?? generated,
      policy: json(input, "policy"),
      forceDelete: input.boolean("force_delete"),
    }) as ModuleRepositories["settings"],
    further: {},
  };
};
