import type { RepositoryInput } from "../environment-input";
import { defined } from "../environment-input";
import type { FoundRepository } from "../found/found-registry";
import type { InputReader } from "../hcl/input-reader";
import { plain } from "../hcl/value";

/** What a call of a module makes: the same settings for each name. */
export interface ModuleRepositories {
  readonly names: readonly string[];
  readonly settings: Omit<FoundRepository, "name" | "further">;
  /** Options besides the settings of a repository. */
  readonly further: RepositoryInput;
}

/** Reads the inputs of one call. @param accountId of the environment, if it is known */
export type ModuleReader = (input: InputReader, accountId: string | undefined) => ModuleRepositories;

/** A JSON text, or an object that jsonencode made of one. */
function json(input: InputReader, key: string): string | undefined {
  const value = input.value(key);
  const found = value && plain(value);
  if (found === undefined || found === "") return undefined;
  return typeof found === "string" ? found : JSON.stringify(found);
}

function tagsOf(input: InputReader, key = "tags"): Record<string, string> {
  const value = input.value(key);
  return value?.kind === "object" ? (plain(value) as Record<string, string>) : {};
}

const isRole = (arn: string): boolean => /^arn:[a-z-]+:iam::\d{12}:role\//.test(arn);

/** Roles of several inputs. Other principals are noted. */
function roles(input: InputReader, ...keys: readonly string[]): string[] {
  return [
    ...new Set(
      keys.flatMap((key) => {
        const arns = input.texts(key) ?? [];
        if (arns.length > 0)
          input.note(
            "choice",
            key,
            "the module writes statements of its own for these; this project writes its own statements for roles. To keep the policy as it is, adopt the state",
          );
        if (arns.some((arn) => !isRole(arn)))
          input.note("loss", key, "only roles are taken; declare the others in repositoryPolicyStatements");
        return arns.filter(isRole);
      }),
    ),
  ];
}

const listed = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined);

/** @see https://github.com/terraform-aws-modules/terraform-aws-ecr/blob/master/variables.tf */
const terraformAwsModules: ModuleReader = (input) => {
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

/** @see https://github.com/lgallard/terraform-aws-ecr/blob/master/variables.tf */
const lgallard: ModuleReader = (input) => {
  const name = input.text("name");
  const scanning = input.value("image_scanning_configuration");
  const nested = scanning && (plain(scanning) as { scan_on_push?: boolean }).scan_on_push;
  const encryptionType = input.text("encryption_type") ?? "AES256";
  const kmsKey = input.text("kms_key");
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
      lifecyclePolicy: json(input, "lifecycle_policy"),
      policy: json(input, "policy"),
      forceDelete: input.boolean("force_delete"),
    }) as ModuleRepositories["settings"],
    further: {},
  };
};

/** @see https://github.com/cloudposse/terraform-aws-ecr/blob/main/variables.tf */
const cloudposse: ModuleReader = (input, accountId) => {
  const names = cloudposseNames(input);
  const usesLifecycle = input.boolean("enable_lifecycle_policy") ?? true;
  const lifecyclePolicy = cloudposseLifecycle(input);
  if (usesLifecycle)
    input.note(
      "choice",
      "max_image_count",
      "lifecyclePolicy has the rules that the module writes, so nothing changes; maxImageCount and protectedTags say nearly the same in fewer words",
    );
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
      exclusionFilters: [],
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

/**
 * The rules that the module writes: protected tags, then one untagged image, then the newest images.
 *
 * @see https://github.com/cloudposse/terraform-aws-ecr/blob/main/main.tf
 */
function cloudposseLifecycle(input: InputReader): string {
  const protectedTags = input.texts("protected_tags") ?? [];
  const isByAge = input.boolean("time_based_rotation") ?? false;
  const count = input.number("max_image_count") ?? 500;
  const selections = [
    ...protectedTags.map((prefix) => [
      `Protects images tagged with ${prefix}`,
      {
        ...{ tagStatus: "tagged", tagPrefixList: [prefix], countType: "imageCountMoreThan" },
        countNumber: input.number("protected_tags_keep_count") ?? 999_999,
      },
    ]),
    ["Remove untagged images", { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 }],
    isByAge
      ? [
          `Rotate images older than ${count} days old`,
          { tagStatus: "any", countType: "sinceImagePushed", countNumber: count, countUnit: "days" },
        ]
      : [
          `Rotate images when reach ${count} images stored`,
          { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count },
        ],
  ];
  const rules = selections.map(([description, selection], index) => ({
    ...{ rulePriority: index + 1, description, selection, action: { type: "expire" } },
  }));
  return JSON.stringify({ rules });
}

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

const nothing = {
  imageTagMutability: "MUTABLE",
  exclusionFilters: [],
  encryptionType: "AES256",
  scanOnPush: true,
  tags: {},
};

/** The modules that are read, by a part of their source. */
export const moduleReaders: readonly { readonly source: RegExp; readonly read: ModuleReader }[] = [
  { source: /terraform-aws-modules\/(?:terraform-aws-)?ecr\b(?!.*\/\/)/, read: terraformAwsModules },
  { source: /cloudposse\/(?:terraform-aws-)?ecr\b(?!.*\/\/)/, read: cloudposse },
  { source: /lgallard\/(?:terraform-aws-)?ecr\b(?!.*\/\/)/, read: lgallard },
];
